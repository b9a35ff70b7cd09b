package liquibase.ext.backfill.values;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as they stand in JSON. */
final class Texts {
    private static final Pattern SIGN = Pattern.compile("\\\\u([0-9a-fA-F]{4})|\\\\([\"\\\\/bfnrt])|([^\"\\\\])");
    private static final Pattern STRING = Pattern.compile("(?s)\"((" + SIGN.pattern() + ")*+)\"");

    private Texts() {}

    static boolean isJsonString(String json) {
        return STRING.matcher(json).matches();
    }

    /** What a JSON string says, to a parser that lets everything pass. */
    static String ofJsonString(String json) {
        Matcher signs = SIGN.matcher(json.substring(1, json.length() - 1));
        var text = new StringBuilder();
        while (signs.find()) {
            text.append(meant(signs));
        }
        return text.toString();
    }

    private static String meant(Matcher sign) {
        if (sign.group(1) != null) {
            return Character.toString(Integer.parseInt(sign.group(1), 16));
        }
        return sign.group(2) == null
                ? sign.group(3)
                : Character.toString(unescaped(sign.group(2).charAt(0)));
    }

    private static char unescaped(char sign) {
        int control = "bfnrt".indexOf(sign);
        return control < 0 ? sign : "\b\f\n\r\t".charAt(control);
    }

    static boolean hasHalfACharacter(String text) {
        return text.codePoints()
                .anyMatch(codePoint -> codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    /** In characters that any report can hold. */
    static String escaped(String text) {
        return text.chars()
                .mapToObj(sign -> sign > ' ' && sign < 0x7f ? Character.toString(sign) : "\\u%04x".formatted(sign))
                .collect(Collectors.joining());
    }
}
