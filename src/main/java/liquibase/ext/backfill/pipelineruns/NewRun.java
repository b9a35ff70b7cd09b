package liquibase.ext.backfill.pipelineruns;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline run that a service creates, as far as its annotations go.
 *
 * @param id its id
 * @param createdBy who created it, or null if nobody is known
 * @param name its name, or null if it has none
 * @param annotations the user's own, in the order in which they are written; a value may be null
 */
public record NewRun(
        String id, @Nullable String createdBy, @Nullable String name, Map<String, @Nullable String> annotations) {
    /** @throws IllegalArgumentException if the id, the annotations or the key of one is null */
    public NewRun {
        if (id == null) {
            throw new IllegalArgumentException("a new run has no id");
        }
        if (annotations == null) {
            throw new IllegalArgumentException("run %s has null for its annotations: pass an empty map".formatted(id));
        }
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        if (annotations.containsKey(null)) {
            throw new IllegalArgumentException("run %s has an annotation without a key".formatted(id));
        }
    }

    /** A run without annotations of the user. */
    public NewRun(String id, @Nullable String createdBy, @Nullable String name) {
        this(id, createdBy, name, Map.of());
    }
}
