package liquibase.ext.backfill.dialects;

import java.util.List;

/** How PostgreSQL reads a string out of a document that it may not be able to parse as it is stored. */
final class PostgreSqlJson {
    private PostgreSqlJson() {}

    /**
     * The string at a path of a document; NULL if there is none.
     *
     * <p>Every JSON operator of PostgreSQL fails on a document that holds {@code \}{@code u0000} or a lone surrogate
     * anywhere, in another key too. Such escapes are replaced before the document is parsed. Only documents that hold
     * an escape at all pay for that; the search for one is by bytes, which is the cheapest. {@code OFFSET 0} keeps the
     * planner from evaluating the document once per mention.
     */
    static String string(String document, List<String> path) {
        return """
                (SELECT CASE WHEN json_typeof(found) = 'string' THEN found #>> '{}' END
                 FROM (SELECT document #> '{%2$s}' AS found
                       FROM (SELECT CASE WHEN %1$s::text COLLATE "C" NOT LIKE '%%\\\\u%%' OR %1$s::text ~ E'[\\x01-\\x03]'
                             THEN %1$s::json ELSE %3$s END AS document
                             OFFSET 0) parsed
                       OFFSET 0) extracted)""".formatted(document, String.join(",", path), repaired(document));
    }

    /** The same without the search for escapes, which takes a third of the time. */
    static String readableString(String document, List<String> path) {
        return """
                (SELECT CASE WHEN json_typeof(found) = 'string' THEN found #>> '{}' END
                 FROM (SELECT %s::json #> '{%s}' AS found OFFSET 0) extracted)""".formatted(document, String.join(",", path));
    }

    /**
     * The document with each escape that PostgreSQL cannot hold replaced by {@code \}{@code ufffd}. Escaped
     * backslashes (x01) and valid surrogate pairs (x02, x03) are put out of the way first and back last; a JSON text
     * holds none of these characters unescaped; a text that does is none and is left to fail.
     */
    private static String repaired(String document) {
        return """
                replace(replace(replace(regexp_replace(replace(regexp_replace(replace(%s::text, '\\\\', E'\\x01'),
                '(\\\\u[dD][89abAB][0-9a-fA-F]{2})\\\\(u[dD][c-fC-F][0-9a-fA-F]{2})', E'\\x02\\\\1\\x03\\\\2', 'g'),
                E'\\x02\\\\', E'\\x02'), '\\\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd', 'g'),
                E'\\x02', '\\'), E'\\x03', '\\'), E'\\x01', '\\\\')::json""".formatted(document);
    }
}
