package liquibase.ext.backfill.values;

import static liquibase.ext.backfill.values.Store.MARIADB;
import static liquibase.ext.backfill.values.Store.MYSQL;
import static liquibase.ext.backfill.values.Store.MYSQL_9;
import static liquibase.ext.backfill.values.Store.POSTGRESQL;
import static liquibase.ext.backfill.values.Store.POSTGRESQL_JSONB;
import static liquibase.ext.backfill.values.Store.SQLITE;

import java.util.List;
import java.util.stream.Stream;
import liquibase.ext.backfill.testing.PipelineTables.SqlText;

/** The value contract as a table of cases: what is stored, and what it says. A case that says nothing is no value. */
final class ValueCases {
    private static final String EMOJI_ESCAPED = "\\ud83d\\ude00";

    private ValueCases() {}

    /** Stands as JSON where the name of a run is looked for, in each of the two sources. */
    static final List<ValueCase> STRINGS = List.of(
            at("a text", "\"my-pipe\"").is("my-pipe"),
            at("an empty text is a value", "\"\"").is(""),
            at("the word null", "\"null\"").is("null"),
            at("digits in quotes", "\"12\"").is("12"),
            at("a document in quotes", "\"{\\\"pipeline_name\\\": \\\"x\\\"}\"").is("{\"pipeline_name\": \"x\"}"),
            at("spaces around it", "\"  x  \"").is("  x  "),
            at("only spaces", "\"   \"").is("   "),
            at("line feed and tab", "\"a\\nb\\tc\\r\\n\"").is("a\nb\tc\r\n"),
            at("a control character", "\"a\\u0001b\\u0002c\\u0003d\"").is("a\u0001b\u0002c\u0003d"),
            at("quotes", "\"q\\\" 'single' `back`\"").is("q\" 'single' `back`"),
            at("backslashes and slashes", "\"b\\\\ s\\/ e\\\\\"").is("b\\ s/ e\\"),
            at("SQL", "\"'); DROP TABLE pipeline_run; --\"").is("'); DROP TABLE pipeline_run; --"),
            at("placeholders", "\"? :lo $1 %s ${x} {}\"").is("? :lo $1 %s ${x} {}"),
            at("an accented letter", "\"é\"").is("é"),
            at("an accented letter as an escape", "\"\\u00e9\\u00C9\"").is("éÉ"),
            at("a combining accent stays apart", "\"e\u0301\"").is("e\u0301"),
            at("Chinese and Arabic", "\"管道 خط\"").is("管道 خط"),
            at("an emoji", "\"run 😀\"").is("run 😀"),
            at("an emoji as escapes", "\"run " + EMOJI_ESCAPED + " \\uD83D\\uDE00\"")
                    .is("run 😀 😀"),
            at("the last character of all", "\"\\udbff\\udfff\"").is("\udbff\udfff"),
            at("U+FFFF", "\"\\uffff\"").is("\uffff"),
            at("an escape that is escaped", "\"a\\\\u0000b\\\\ud83d\"").is("a\\u0000b\\ud83d"),
            at("an escape that is escaped, and an escape", "\"a\\\\u0000\\u00e9\"")
                    .is("a\\u0000é"));

    static final List<ValueCase> LENGTHS = Stream.of(
                    length(255, "x", "x"),
                    length(256, "x", "x"),
                    length(300, "x", "x"),
                    length(600, "x", "x"),
                    length(255, "é", "é"),
                    length(256, "é", "é"),
                    length(300, "é", "é"),
                    length(255, "😀", "😀"),
                    length(256, "😀", "😀"),
                    length(300, "😀", "😀"),
                    length(255, EMOJI_ESCAPED, "😀"),
                    length(256, EMOJI_ESCAPED, "😀"),
                    length(300, EMOJI_ESCAPED, "😀"),
                    at("an emoji as the 255th", "\"" + "x".repeat(254) + "😀y\"")
                            .is("x".repeat(254) + "😀"),
                    at("a space as the 255th stays", "\"" + "x".repeat(254) + "  y\"")
                            .is("x".repeat(254) + " "))
            .toList();

    static final List<ValueCase> NO_STRINGS = List.of(
            at("JSON null", "null"),
            at("a number", "123"),
            at("a number with a fraction", "1.0"),
            at("a number beyond 64 bits", "12345678901234567890"),
            at("a number beyond a double", "1e400").refusedBy(MYSQL, MYSQL_9),
            at("true", "true"),
            at("false", "false"),
            at("an object", "{\"name\": \"x\", \"pipeline_name\": \"x\"}"),
            at("an empty object", "{}"),
            at("an array", "[\"x\"]"),
            at("an empty array", "[]"));

    /** All of {@code extra_data}. */
    static final List<ValueCase> EXTRA_DATA = List.of(
            extraData("SQL NULL", null),
            extraData("the document null", "null"),
            extraData("an empty object", "{}"),
            extraData("an object without the name", "{\"other\": \"x\"}"),
            extraData("an object among others", " {\"a\": {\"b\": [1]}, \"pipeline_name\" : \"x\", \"z\": null} ")
                    .is("x"),
            extraData("the name one level too deep", "{\"a\": {\"pipeline_name\": \"x\"}}"),
            extraData("a key in another case", "{\"Pipeline_Name\": \"x\"}"),
            extraData("a key with a space behind", "{\"pipeline_name \": \"x\"}"),
            extraData("an array", "[]"),
            extraData("an array with the object", "[{\"pipeline_name\": \"x\"}]"),
            extraData("an array with the key", "[\"pipeline_name\", \"x\"]"),
            extraData("a text", "\"pipeline_name\""),
            extraData("a document in quotes", "\"{\\\"pipeline_name\\\": \\\"x\\\"}\""),
            extraData("a number, which SQLite's column keeps as one", "12"),
            extraData("a number that SQLite's column keeps as infinite", "1e400")
                    .refusedBy(MYSQL, MYSQL_9),
            extraData("true", "true"),
            extraData("100,000 characters before the name", big()).is("x"),
            extraData("depth 31", nested(30)).is("x"));

    /** All of {@code task_spec}. */
    static final List<ValueCase> TASK_SPEC = List.of(
            taskSpec("all levels", "{\"componentRef\": {\"spec\": {\"name\": \"x\"}}}")
                    .is("x"),
            taskSpec("the document null", "null"),
            taskSpec("a document that is an array", "[{\"componentRef\": {\"spec\": {\"name\": \"x\"}}}]"),
            taskSpec("a document that is a text", "\"x\""),
            taskSpec("a document that is a number", "12"),
            taskSpec("componentRef is missing", "{\"spec\": {\"name\": \"x\"}, \"name\": \"x\"}"),
            taskSpec("componentRef is null", "{\"componentRef\": null}"),
            taskSpec("componentRef is a text", "{\"componentRef\": \"x\"}"),
            taskSpec("componentRef is a number", "{\"componentRef\": 1}"),
            taskSpec("componentRef is an array", "{\"componentRef\": [{\"spec\": {\"name\": \"x\"}}]}"),
            taskSpec("spec is missing", "{\"componentRef\": {\"name\": \"x\"}}"),
            taskSpec("spec is null", "{\"componentRef\": {\"spec\": null}}"),
            taskSpec("spec is a text", "{\"componentRef\": {\"spec\": \"x\"}}"),
            taskSpec("spec is true", "{\"componentRef\": {\"spec\": true}}"),
            taskSpec("spec is an array", "{\"componentRef\": {\"spec\": [{\"name\": \"x\"}]}}"),
            taskSpec("name is missing", "{\"componentRef\": {\"spec\": {\"Name\": \"x\"}}}"));

    static final List<ValueCase> CREATED_BY = List.of(
            createdBy("SQL NULL", null),
            createdBy("an empty text", "").is(""),
            createdBy("a text", "alice@example.com").is("alice@example.com"),
            createdBy("spaces around it", " alice ").is(" alice "),
            createdBy("SQL", "'); DROP TABLE pipeline_run; --").is("'); DROP TABLE pipeline_run; --"),
            createdBy("backslash, percent, line feed", "a\\b%s\n").is("a\\b%s\n"),
            createdBy("what would be JSON", "null").is("null"),
            createdBy("an emoji", "alice 😀").is("alice 😀"),
            createdBy("255 × x", "x".repeat(255)).is("x".repeat(255)),
            createdBy("256 × x", "x".repeat(256)).is("x".repeat(255)),
            createdBy("255 × é", "é".repeat(255)).is("é".repeat(255)),
            createdBy("256 × é", "é".repeat(256)).is("é".repeat(255)),
            createdBy("255 × 😀", "😀".repeat(255)).is("😀".repeat(255)),
            createdBy("300 × 😀", "😀".repeat(300)).is("😀".repeat(255)));

    /** What the stores tell apart by nature: by what they admit, and by what they can hold. */
    static final List<ValueCase> DIFFERING = List.of(
            at("U+0000", "\"a\\u0000b\"").is("a\ufffdb").on("a", SQLITE).refusedBy(POSTGRESQL_JSONB),
            at("U+0000 behind an escaped backslash", "\"a\\\\\\u0000b\"")
                    .is("a\\\ufffdb")
                    .on("a\\", SQLITE)
                    .refusedBy(POSTGRESQL_JSONB),
            at("a lone high surrogate", "\"a\\ud83db\"")
                    .is("a\ufffdb")
                    .refusedBy(POSTGRESQL_JSONB, MYSQL, MYSQL_9, MARIADB),
            at("a lone low surrogate", "\"a\\uDE00b\"")
                    .is("a\ufffdb")
                    .refusedBy(POSTGRESQL_JSONB, MYSQL_9, MARIADB)
                    .unreadableOn(MYSQL),
            at("a surrogate pair the wrong way round", "\"a\\ude00\\ud83db\"")
                    .is("a\ufffd\ufffdb")
                    .refusedBy(POSTGRESQL_JSONB, MYSQL, MYSQL_9, MARIADB),
            at("a lone high surrogate before a pair", "\"\\ud83d\\ud83d\\ude00\"")
                    .is("\ufffd😀")
                    .refusedBy(POSTGRESQL_JSONB, MYSQL, MYSQL_9, MARIADB),
            at("an unescaped control character", "\"a\u0001b\"").is("a\u0001b").onlyOn(SQLITE),
            at("an escape that JSON does not know", "\"a\\qb\"")
                    .is("aqb")
                    .on(null, SQLITE)
                    .refusedBy(POSTGRESQL, POSTGRESQL_JSONB, MYSQL, MYSQL_9),
            extraData("U+0000 in another value", "{\"o\": \"\\u0000\", \"pipeline_name\": \"x\"}")
                    .is("x")
                    .refusedBy(POSTGRESQL_JSONB),
            extraData("U+0000 in another key", "{\"a\\u0000b\": 1, \"pipeline_name\": \"x\"}")
                    .is("x")
                    .refusedBy(POSTGRESQL_JSONB),
            extraData("a lone surrogate in another value", "{\"o\": \"\\ud83d\", \"pipeline_name\": \"x\"}")
                    .is("x")
                    .refusedBy(POSTGRESQL_JSONB, MYSQL, MYSQL_9, MARIADB),
            taskSpec("U+0000 beside the name", "{\"componentRef\": {\"spec\": {\"name\": \"x\", \"o\": \"\\u0000\"}}}")
                    .is("x")
                    .refusedBy(POSTGRESQL_JSONB),
            extraData("the name twice", "{\"pipeline_name\": \"first\", \"pipeline_name\": \"last\"}")
                    .is("last")
                    .on("first", MARIADB, SQLITE),
            extraData("the name twice, last null", "{\"pipeline_name\": \"first\", \"pipeline_name\": null}")
                    .on("first", MARIADB, SQLITE),
            extraData("the name twice, first null", "{\"pipeline_name\": null, \"pipeline_name\": \"last\"}")
                    .is("last")
                    .on(null, MARIADB, SQLITE),
            taskSpec(
                            "spec twice, the name in the first",
                            "{\"componentRef\": {\"spec\": {\"name\": \"first\"}, \"spec\": {}}}")
                    .is("first")
                    .on(null, POSTGRESQL_JSONB, MYSQL, MYSQL_9),
            extraData("an escape in the key", "{\"pipeline\\u005fname\": \"x\"}")
                    .is("x")
                    .on(null, MARIADB),
            taskSpec("an escape in a key of the path", "{\"componentRef\": {\"s\\u0070ec\": {\"name\": \"x\"}}}")
                    .is("x")
                    .on(null, MARIADB),
            extraData("depth 100", nested(99)).is("x").refusedBy(MARIADB),
            extraData("depth 200", nested(199)).is("x").refusedBy(MYSQL, MYSQL_9, MARIADB),
            extraData("depth 2000", nested(1999)).is("x").on(null, SQLITE).refusedBy(MYSQL, MYSQL_9, MARIADB),
            extraData("malformed JSON", "{\"pipeline_name\": \"x\"").onlyOn(SQLITE),
            extraData("an empty text", "").onlyOn(SQLITE),
            extraData("text behind the document", "{\"pipeline_name\": \"x\"} x")
                    .onlyOn(SQLITE),
            extraData("JSON5", "{pipeline_name: 'x', /* y */ z: +.5,}").is("x").onlyOn(SQLITE),
            extraData("NaN beside the name", "{\"o\": NaN, \"pipeline_name\": \"x\"}")
                    .is("x")
                    .onlyOn(SQLITE),
            taskSpec("malformed JSON in task_spec", "{\"componentRef\": {\"spec\": {\"name\": \"x\"}}")
                    .onlyOn(SQLITE));

    /** SQLite keeps anything in any column. Other products have no such values, so these are not tried there. */
    static final List<ValueCase> SQLITE_ONLY = List.of(
            extraData("a blob that holds JSON text", sql("CAST('{\"pipeline_name\": \"x\"}' AS BLOB)"))
                    .is("x"),
            extraData("a blob in SQLite's binary form", sql("jsonb('{\"pipeline_name\": \"x\"}')"))
                    .is("x"),
            extraData("a blob that holds an empty object", sql("x'7b7d'")),
            extraData("a blob that holds nothing", sql("x''")),
            extraData("a blob that is no JSON", sql("x'ff00'")),
            extraData("a text that is no UTF-8", sql("CAST(x'7b22ff' AS TEXT)")),
            taskSpec("a blob that holds an empty object", sql("x'7b7d'")),
            taskSpec(
                            "a blob in SQLite's binary form",
                            sql("jsonb('{\"componentRef\": {\"spec\": {\"name\": \"x\"}}}')"))
                    .is("x"));

    /** All cases that a store can be asked about. */
    static Stream<ValueCase> of(Store store) {
        Stream<ValueCase> everywhere = Stream.of(
                        STRINGS, LENGTHS, NO_STRINGS, EXTRA_DATA, TASK_SPEC, CREATED_BY, DIFFERING)
                .flatMap(List::stream);
        return store == SQLITE ? Stream.concat(everywhere, SQLITE_ONLY.stream()) : everywhere;
    }

    private static ValueCase at(String title, String json) {
        return ValueCase.of(title, json, Place.NAME_IN_EXTRA_DATA, Place.NAME_IN_TASK_SPEC);
    }

    private static ValueCase length(int codePoints, String written, String codePoint) {
        String title = codePoints + " × " + written;
        return at(title, "\"" + written.repeat(codePoints) + "\"").is(codePoint.repeat(Math.min(codePoints, 255)));
    }

    private static ValueCase extraData(String title, Object document) {
        return ValueCase.of(title, document, Place.EXTRA_DATA);
    }

    private static ValueCase taskSpec(String title, Object document) {
        return ValueCase.of(title, document, Place.TASK_SPEC);
    }

    private static ValueCase createdBy(String title, String creator) {
        return ValueCase.of(title, creator, Place.CREATED_BY);
    }

    private static SqlText sql(String expression) {
        return new SqlText(expression);
    }

    private static String big() {
        return "{\"o\": \"" + "0123456789".repeat(10_000) + "\", \"pipeline_name\": \"x\"}";
    }

    /** An object with arrays of a depth in it, beside the name. */
    private static String nested(int arrays) {
        return "{\"o\": " + "[".repeat(arrays) + "]".repeat(arrays) + ", \"pipeline_name\": \"x\"}";
    }
}
