package liquibase.ext.backfill;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers, booleans and null as JSON, on one line. */
public final class Json {
    private Json() {}

    /**
     * A value as JSON.
     *
     * @throws IllegalArgumentException for anything else, and for a number that JSON does not have
     */
    public static String of(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return String.valueOf(value);
        }
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            return String.format(Locale.ROOT, "%.1f", number);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        throw new IllegalArgumentException("JSON has no such value: " + value);
    }

    private static String text(String text) {
        var json = new StringBuilder("\"");
        text.codePoints().forEach(character -> append(json, character));
        return json.append('"').toString();
    }

    /** Half a surrogate pair would be lost in any encoding, so it is escaped like a control character. */
    private static void append(StringBuilder json, int character) {
        switch (character) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
                if (character < ' ' || half) {
                    json.append("\\u%04x".formatted(character));
                } else {
                    json.appendCodePoint(character);
                }
            }
        }
    }
}
