package liquibase.ext.backfill.dialects;

/** Texts that a database cannot hold. */
final class Texts {
    static final char REPLACEMENT = '\ufffd';

    private Texts() {}

    /** The text with U+FFFD for each U+0000 and for each surrogate that is not one of a pair. */
    static String withoutUnholdable(String text) {
        return text.codePoints()
                .map(codePoint -> isHoldable(codePoint) ? codePoint : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A surrogate that is a code point of its own has no partner. */
    private static boolean isHoldable(int codePoint) {
        return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
    }
}
