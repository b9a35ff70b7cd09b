package liquibase.ext.backfill.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, as it stands in the repository. */
record Page(Path path) {
    static final Path SITE = Path.of("src/site/markdown");

    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*(?:\n[^`\n]+)?`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");

    /** Those of the site. */
    static List<Page> ofTheSite() {
        try (Stream<Path> files = Files.list(SITE)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    boolean ofSite() {
        return path.startsWith(SITE);
    }

    String text() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it links to within the repository, images too. */
    List<Link> links() {
        return LINK.matcher(CODE.matcher(text()).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> new Link(this, target))
                .toList();
    }

    /**
     * What a link may name after {@code #}. Only what the page sets itself: of a heading a forge makes another name than
     * the site does.
     */
    List<String> anchors() {
        return ANCHOR.matcher(text()).results().map(anchor -> anchor.group(1)).toList();
    }

    /** A link as it is written. */
    record Link(Page from, String target) {
        Path file() {
            String file = target.replaceFirst("#.*", "");
            return file.isEmpty()
                    ? from.path()
                    : from.path().resolveSibling(file).normalize();
        }

        boolean anchorIsThere() {
            Matcher anchor = Pattern.compile("#(.*)").matcher(target);
            return !anchor.find() || new Page(file()).anchors().contains(anchor.group(1));
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
