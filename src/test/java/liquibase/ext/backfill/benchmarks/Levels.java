package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.util.Locale;
import liquibase.ext.backfill.engine.Isolation;

/** The engine's isolations, for what is not the engine. */
final class Levels {
    private Levels() {}

    static int level(Isolation isolation) {
        return isolation == Isolation.SERIALIZABLE
                ? Connection.TRANSACTION_SERIALIZABLE
                : Connection.TRANSACTION_READ_COMMITTED;
    }

    static String name(Isolation isolation) {
        return isolation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
