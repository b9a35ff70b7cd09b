package liquibase.ext.backfill;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import liquibase.Scope;
import liquibase.exception.DatabaseException;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Time;

/** What the backfills of a changeset do to the database, when it is their turn. */
interface BackfillWork {
    /**
     * Does the work.
     *
     * @return a result per backfill
     */
    List<BackfillResult> run(
            JdbcAccess access, BackfillSettings settings, TimeBoxStart start, BackfillListener listener)
            throws DatabaseException;

    /** When the time box began; asked only where there is one. */
    interface TimeBoxStart {
        Instant moment(Connection connection) throws SQLException;
    }

    /** Tells whoever started Liquibase how it goes. */
    static BackfillListener progress(BackfillDefinition definition) {
        return new ProgressReport(definition, Scope.getCurrentScope().getUI(), Time.system());
    }
}
