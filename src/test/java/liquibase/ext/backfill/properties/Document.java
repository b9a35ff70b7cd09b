package liquibase.ext.backfill.properties;

import java.util.List;
import java.util.Optional;

/**
 * What a column for documents holds.
 *
 * @param text as it is stored; null for SQL NULL
 * @param content what it says; empty if it is no JSON
 */
record Document(String text, Optional<Json> content) {
    static final Document NULL = new Document(null, Optional.empty());

    static Document of(Json content) {
        return new Document(content.text(), Optional.of(content));
    }

    /** Broken off somewhere before the end of an object, so it is certainly no JSON. */
    static Document brokenOff(Json.Obj content, double where) {
        String text = content.text().stripTrailing();
        return new Document(text.substring(0, (int) (where * (text.length() - 1))), Optional.empty());
    }

    Optional<String> stringAt(String... path) {
        return content.flatMap(json -> json.stringAt(List.of(path)));
    }
}
