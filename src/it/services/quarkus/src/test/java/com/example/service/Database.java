package com.example.service;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A schema for one test class. */
public class Database implements QuarkusTestResourceLifecycleManager {
    private static final String URL = System.getenv("SERVICE_POSTGRESQL_URL");

    @Override
    public Map<String, String> start() {
        try {
            String schema = getClass().getSimpleName().toLowerCase();
            execute("CREATE SCHEMA " + schema);
            prepare(schema);
            return Map.of("quarkus.datasource.jdbc.url", URL + "&currentSchema=" + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void prepare(String schema) throws SQLException {}

    @Override
    public void stop() {}

    static void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(URL);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> read(DataSource dataSource, String query) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** Its table of annotations lacks the unique constraint without which no backfill runs. */
    public static class RefusingBackfills extends Database {
        @Override
        void prepare(String schema) throws SQLException {
            execute("CREATE TABLE " + schema + ".pipeline_run_annotation"
                    + " (pipeline_run_id varchar(20) NOT NULL, key varchar(255) NOT NULL, value varchar(255))");
            System.setProperty("liquibase.backfill.onFailure", "report");
        }

        @Override
        public void stop() {
            System.clearProperty("liquibase.backfill.onFailure");
        }
    }
}
