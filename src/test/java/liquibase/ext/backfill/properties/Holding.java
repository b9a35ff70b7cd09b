package liquibase.ext.backfill.properties;

import java.util.function.UnaryOperator;
import liquibase.ext.backfill.testing.TestDatabase;

/** What a database lets in, and what it holds of a string that it cannot hold as it is. */
enum Holding {
    SQLITE(TestDatabase.SQLITE, true, true, text -> replaceLoneSurrogates(text.split("\0", -1)[0])),
    POSTGRESQL(TestDatabase.POSTGRESQL, true, false, text -> replaceLoneSurrogates(text.replace('\0', '\ufffd'))),
    MYSQL(TestDatabase.MYSQL, false, false, text -> text.replace('\0', '\ufffd')),
    MARIADB(TestDatabase.MARIADB, false, false, text -> text.replace('\0', '\ufffd'));

    private final TestDatabase product;
    private final boolean loneSurrogates;
    private final boolean malformedDocuments;
    private final UnaryOperator<String> held;

    Holding(TestDatabase product, boolean loneSurrogates, boolean malformedDocuments, UnaryOperator<String> held) {
        this.product = product;
        this.loneSurrogates = loneSurrogates;
        this.malformedDocuments = malformedDocuments;
        this.held = held;
    }

    TestDatabase product() {
        return product;
    }

    boolean admitsLoneSurrogates() {
        return loneSurrogates;
    }

    boolean admitsMalformedDocuments() {
        return malformedDocuments;
    }

    /** What it holds of a string, cut to what an annotation keeps. */
    String held(String text) {
        return held.apply(text)
                .codePoints()
                .limit(255)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String replaceLoneSurrogates(String text) {
        return text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
