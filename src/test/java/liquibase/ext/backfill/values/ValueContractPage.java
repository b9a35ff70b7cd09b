package liquibase.ext.backfill.values;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the page value-contract.md, made of the cases that the databases are tested with. */
final class ValueContractPage {
    private static final Pattern MARKED =
            Pattern.compile("(<!-- cases: (\\w+) -->\n).*?(\n<!-- end -->)", Pattern.DOTALL);
    private static final int LONGEST_SHOWN = 70;

    private static final Map<String, String> TABLES = Map.of(
            "strings", uniform(ValueCases.STRINGS),
            "lengths", uniform(ValueCases.LENGTHS),
            "others", uniform(ValueCases.NO_STRINGS),
            "extra_data", uniform(ValueCases.EXTRA_DATA),
            "task_spec", uniform(ValueCases.TASK_SPEC),
            "created_by", uniform(ValueCases.CREATED_BY),
            "differing", differing(),
            "sqlite", uniform(ValueCases.SQLITE_ONLY),
            "existing", existing());

    private ValueContractPage() {}

    static Set<String> tables() {
        return TABLES.keySet();
    }

    /** The page with its tables as they should be. */
    static String withTables(String page) {
        return MARKED.matcher(page)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) + "\n" + TABLES.get(found.group(2)) + "\n" + found.group(3)));
    }

    private static String uniform(List<ValueCase> cases) {
        return table(
                List.of("stored", "as", "becomes"),
                cases.stream()
                        .map(stored -> List.of(
                                stored.title(),
                                shown(stored.content()),
                                outcome(stored, Store.POSTGRESQL, Store.SQLITE))));
    }

    private static String differing() {
        List<String> head = Stream.concat(
                        Stream.of("stored", "as"), Arrays.stream(Store.values()).map(Store::title))
                .toList();
        Stream<List<String>> rows = Stream.of(ValueCases.NO_STRINGS, ValueCases.EXTRA_DATA, ValueCases.DIFFERING)
                .flatMap(List::stream)
                .filter(stored -> !stored.isUniform())
                .map(stored -> Stream.concat(
                                Stream.of(stored.title(), shown(stored.content())),
                                Arrays.stream(Store.values()).map(store -> outcome(stored, store)))
                        .toList());
        return table(head, rows);
    }

    private static String existing() {
        Function<ExistingRow, String> counts = row -> switch (row.counts()) {
            case ALWAYS -> "yes";
            case IF_LOOSE -> "where the collation of the key ignores case and accents";
            case IF_PADDED -> "where the collation of the key ignores spaces at the end";
            case NEVER -> "no";
        };
        return table(
                List.of("there is", "key", "value", "counts as the run's row"),
                ExistingRow.ALL.stream()
                        .map(row ->
                                List.of(row.title(), code(row.key()), value(row.value(), "NULL"), counts.apply(row))));
    }

    /** What a case becomes on a store, or on the first of some that lets it in. */
    private static String outcome(ValueCase stored, Store... stores) {
        Store store = Arrays.stream(stores)
                .filter(candidate -> !stored.isRefusedBy(candidate))
                .findFirst()
                .orElse(null);
        if (store == null) {
            return "refused";
        }
        return stored.isUnreadableOn(store) ? "`''`, reported" : value(stored.valueOn(store), "no value");
    }

    private static String table(List<String> head, Stream<List<String>> rows) {
        Stream<List<String>> top =
                Stream.of(head, head.stream().map(title -> "---").toList());
        return Stream.concat(top, rows)
                .map(cells -> "| " + String.join(" | ", cells) + " |")
                .collect(Collectors.joining("\n"));
    }

    private static String value(String value, String none) {
        if (value == null) {
            return none;
        }
        int length = value.codePointCount(0, value.length());
        return length > LONGEST_SHOWN ? "%,d characters".formatted(length) : code("'" + value + "'");
    }

    private static String shown(Object content) {
        if (content == null) {
            return "NULL";
        }
        String text = content.toString();
        int length = text.codePointCount(0, text.length());
        return length > LONGEST_SHOWN ? "%,d characters".formatted(length) : code(text);
    }

    private static String code(String text) {
        String visible = text.codePoints()
                .mapToObj(ValueContractPage::visible)
                .collect(Collectors.joining())
                .replace("|", "\\|");
        return text.isEmpty() ? "(empty)" : text.contains("`") ? "`` " + visible + " ``" : "`" + visible + "`";
    }

    /** Control characters as their pictures, and what is no character by its number. */
    private static String visible(int codePoint) {
        if (codePoint < 0x20) {
            return Character.toString(0x2400 + codePoint);
        }
        return (codePoint & 0xfffe) == 0xfffe ? "U+%X".formatted(codePoint) : Character.toString(codePoint);
    }
}
