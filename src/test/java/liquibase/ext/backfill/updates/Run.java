package liquibase.ext.backfill.updates;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A pipeline run as a service made it before it wrote annotations. Any part but the id may be null.
 *
 * @param nameInExtraData the first source of its name
 * @param nameOfComponent the second
 */
record Run(String id, String createdBy, String nameInExtraData, String nameOfComponent) {
    static Run bare(String id) {
        return new Run(id, "creator of " + id, "name of " + id, null);
    }

    /** Runs with random ids, because services use those, through all combinations of sources. */
    static List<Run> some(int number) {
        var random = new Random(number);
        return IntStream.range(0, number)
                .mapToObj(i -> new Run(
                        "%07x%05x".formatted(random.nextInt(1 << 28), i),
                        i % 5 == 0 ? null : "creator " + i,
                        i % 2 == 0 ? null : "name " + i,
                        i % 3 == 0 ? null : "component " + i))
                .toList();
    }

    /** What its annotation must say. */
    String creator() {
        return createdBy == null ? "" : createdBy;
    }

    /** What its annotation must say. */
    String name() {
        if (nameInExtraData != null) {
            return nameInExtraData;
        }
        return nameOfComponent == null ? "" : nameOfComponent;
    }

    String extraData() {
        return nameInExtraData == null ? null : "{\"pipeline_name\": \"%s\"}".formatted(nameInExtraData);
    }

    String taskSpec() {
        return nameOfComponent == null
                ? "{}"
                : "{\"componentRef\": {\"spec\": {\"name\": \"%s\"}}}".formatted(nameOfComponent);
    }
}
