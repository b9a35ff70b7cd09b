package liquibase.ext.backfill.startup;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.SwitchedOff;
import org.jspecify.annotations.Nullable;

/** The changelog of a service, and which part of it is meant. */
final class ApplicationChangelog {
    private final String file;

    @Nullable
    String contexts;

    @Nullable
    String labels;

    @Nullable
    String defaultSchema;

    ApplicationChangelog(String file) {
        this.file = file;
    }

    /** What is done with a database; it is closed afterwards. */
    interface Work<T> {
        T with(Database database) throws Exception;
    }

    /** Does work on a connection of its own, which goes back as it came. */
    <T> T on(DataSource dataSource, Work<T> work) throws Exception {
        Connection connection = dataSource.getConnection();
        Database database;
        try {
            database = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        } catch (Exception e) {
            closeAfter(e, connection);
            throw e;
        }
        try (database) {
            if (defaultSchema != null) {
                database.setDefaultSchemaName(defaultSchema);
            }
            return work.with(database);
        }
    }

    private static void closeAfter(Exception failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Applies its changes without the backfills. */
    void update(DataSource dataSource, String whyWithoutBackfills) throws Exception {
        Scope.child(
                SwitchedOff.because(whyWithoutBackfills),
                () -> on(dataSource, database -> new CommandScope("update")
                        .addArgumentValue("database", database)
                        .addArgumentValue("changelogFile", file)
                        .addArgumentValue("contextFilter", contexts)
                        .addArgumentValue("labelFilter", labels)
                        .execute()));
    }

    /** Its backfills. */
    ChangelogBackfills backfills(Database database) throws Exception {
        ChangeLogParameters parameters = ChangelogBackfills.defaultParameters(database);
        parameters.setContexts(new Contexts(contexts));
        parameters.setLabels(new LabelExpression(labels));
        return ChangelogBackfills.read(file, parameters, database);
    }
}
