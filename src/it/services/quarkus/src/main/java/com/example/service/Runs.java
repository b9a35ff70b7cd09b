package com.example.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;

@ApplicationScoped
public class Runs {
    private final SystemAnnotationMirror mirror = new SystemAnnotationMirror();

    @Inject
    DataSource dataSource;

    @Transactional
    public void create(NewRun run) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            insert(connection, "INSERT INTO execution_node (id, task_spec) VALUES (?, '{}')", run.id());
            insert(
                    connection,
                    "INSERT INTO pipeline_run (id, root_execution_id, created_by) VALUES (?, ?, ?)",
                    run.id(),
                    run.id(),
                    run.createdBy());
            mirror.write(connection, run);
        }
        if ("refused".equals(run.name())) {
            throw new IllegalArgumentException("the service has second thoughts");
        }
    }

    private static void insert(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
