package liquibase.ext.backfill.engine;

/** Why something failed, in words: a driver need not give an exception any. */
public final class Reason {
    private Reason() {}

    /** Its message, or else what kind of failure it is. It stands inside a sentence, so it brings no full stop of its own. */
    public static String of(Throwable failure) {
        return whole(failure).replaceFirst("[.\\s]+$", "");
    }

    /** The same as it was written. */
    public static String whole(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** The same as a sentence of its own. */
    public static String sentence(Throwable failure) {
        return of(failure) + ".";
    }
}
