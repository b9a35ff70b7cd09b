package liquibase.ext.backfill.definitions;

/** Refuses names that no database has. */
final class Names {
    private Names() {}

    static void require(String name, String what) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(what + " has no name");
        }
        if (name.contains("${")) {
            throw new IllegalArgumentException(
                    "%s is \"%s\": the changelog property in it was not resolved".formatted(what, name));
        }
    }
}
