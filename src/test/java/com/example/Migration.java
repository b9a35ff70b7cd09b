package com.example;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;

public final class Migration {
    /** Throws if a change or a backfill fails. */
    public void run(DataSource dataSource) throws SQLException, LiquibaseException {
        try (Connection connection = dataSource.getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new CommandScope("update")
                    .addArgumentValue("database", database)
                    .addArgumentValue("changelogFile", "db/changelog/db.changelog.yaml")
                    .execute();
        }
    }
}
