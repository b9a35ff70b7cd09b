package liquibase.ext.backfill;

import java.util.Map;
import liquibase.Scope;

/** Why backfills do not run while {@code liquibase.backfill.mode} is {@code skip}. */
public final class SwitchedOff {
    private static final String REASON = "liquibase.ext.backfill.switchedOffBecause";

    private SwitchedOff() {}

    /** What to put into a scope so that what runs in it leaves backfills out, and says why. */
    public static Map<String, Object> because(String reason) {
        return Map.of(BackfillConfiguration.MODE.getKey(), Mode.SKIP.name(), REASON, reason);
    }

    /** To stand behind a colon. */
    public static String reason() {
        return Scope.getCurrentScope().get(REASON, "liquibase.backfill.mode is skip");
    }
}
