package liquibase.ext.backfill;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.executor.Executor;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.statement.core.RawParameterizedSqlStatement;

/** Prints what a backfill would do instead of doing it: into the script of {@code update-sql} and its like. */
final class DryRun {
    private final BackfillDefinition definition;
    private final Database database;
    private final Executor script;

    DryRun(BackfillDefinition definition, Database database, Executor script) {
        this.definition = definition;
        this.database = database;
        this.script = script;
    }

    void print() throws DatabaseException {
        Optional<JdbcAccess> access = JdbcAccess.of(database);
        comment("Backfill %s, as one statement.".formatted(definition.name()));
        if (access.isPresent()) {
            comment(access.get().call(connection -> expectation(access.get(), connection)));
        }
        Dialect dialect =
                access.isPresent() ? access.get().call(Dialects::of) : Dialects.of(database.getShortName(), "offline");
        String statement = BackfillEngine.statement(definition, dialect, JdbcAccess.schema(database));
        script.execute(new RawParameterizedSqlStatement(statement));
    }

    /** A comment ends with its line, and the words of a database may have several. */
    private void comment(String text) throws DatabaseException {
        script.comment(text.replaceAll("\\s*\\R\\s*", " "));
    }

    /** A table that the script is yet to create is no failure of a dry run. */
    private String expectation(JdbcAccess access, Connection connection) throws SQLException {
        try {
            return "Rows it would insert as the database is now: %d."
                    .formatted(access.inspection(
                                    connection, BackfillSettings.current().options())
                            .countInsertable(definition));
        } catch (BackfillException e) {
            return "How many rows it would insert is not known yet: " + e.getMessage();
        }
    }
}
