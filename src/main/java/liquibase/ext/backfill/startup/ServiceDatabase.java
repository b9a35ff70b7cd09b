package liquibase.ext.backfill.startup;

import java.util.Optional;
import javax.sql.DataSource;
import liquibase.database.Database;

/**
 * The database of a service. Each piece of work has a connection of its own, so that none fails of what another one lost.
 *
 * @param defaultSchema where tables are looked for first; empty for where the connection looks by itself
 */
record ServiceDatabase(DataSource dataSource, Optional<String> defaultSchema) {
    /** What is done with a connection. */
    interface Work<T> {
        T with(Database database) throws Exception;
    }

    /** @throws ConnectionLostException if there is no connection, or the work failed and there is none any more */
    <T> T on(Work<T> work) throws Exception {
        try (var connection = ServiceConnection.open(dataSource, defaultSchema)) {
            try {
                return work.with(connection.database());
            } catch (Exception e) {
                throw connection.judged(e);
            }
        }
    }
}
