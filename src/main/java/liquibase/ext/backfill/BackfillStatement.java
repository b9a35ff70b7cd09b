package liquibase.ext.backfill;

import liquibase.database.PreparedStatementFactory;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.engine.Reason;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;

/** The work of a backfill as Liquibase's executor takes it: something that executes itself. */
final class BackfillStatement extends AbstractSqlStatement implements ExecutablePreparedStatement {
    private final String name;
    private final Work work;

    BackfillStatement(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** The work itself. */
    interface Work {
        void run() throws LiquibaseException;
    }

    @Override
    public void execute(PreparedStatementFactory factory) throws DatabaseException {
        try {
            work.run();
        } catch (LiquibaseException | RuntimeException e) {
            throw new DatabaseException(Reason.whole(e), e);
        }
    }

    @Override
    public String toString() {
        return "backfill " + name;
    }
}
