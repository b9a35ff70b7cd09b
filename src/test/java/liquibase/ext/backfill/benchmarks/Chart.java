package liquibase.ext.backfill.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars in multiples of one of them, each with the span of its rounds, as SVG. */
final class Chart {
    private static final int LABELS = 340;
    private static final int BARS = 360;
    private static final int LINE = 26;

    private record Bar(String label, double median, double min, double max) {}

    private final String title;
    private final List<Bar> bars = new ArrayList<>();

    Chart(String title) {
        this.title = title;
    }

    void bar(String label, double median, double min, double max) {
        bars.add(new Bar(label, median, min, max));
    }

    String svg() {
        double longest = bars.stream().mapToDouble(Bar::max).max().orElse(1);
        int height = 50 + LINE * bars.size();
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="10" y="24" font-weight="bold">%s</text>
                """.formatted(LABELS + BARS + 70, height, escaped(title)));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(drawn(bars.get(i), 40 + LINE * i, BARS / longest));
        }
        double one = LABELS + BARS / longest;
        return svg.append(format(
                        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"36\" y2=\"%d\" stroke=\"#888888\"/>\n",
                        one, one, height - 8))
                .append("</svg>\n")
                .toString();
    }

    private static String drawn(Bar bar, int top, double scale) {
        int middle = top + LINE / 2;
        return format(
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
                        LABELS - 10, middle + 4, escaped(bar.label()))
                + format(
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                        LABELS,
                        top + 4,
                        bar.median() * scale,
                        LINE - 8,
                        bar.label().startsWith("ours") ? "#2a7f62" : "#a9b7c6")
                + format(
                        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#333333\"/>\n",
                        LABELS + bar.min() * scale, LABELS + bar.max() * scale, middle, middle)
                + format(
                        "<text x=\"%.1f\" y=\"%d\">%.2f</text>\n",
                        LABELS + Math.max(bar.median(), bar.max()) * scale + 6, middle + 4, bar.median());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
