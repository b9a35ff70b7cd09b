package com.example.service;

import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
public class Runs {
    private final JdbcTemplate jdbc;
    private final SystemAnnotationMirror mirror;

    Runs(JdbcTemplate jdbc, SystemAnnotationMirror mirror) {
        this.jdbc = jdbc;
        this.mirror = mirror;
    }

    @Transactional
    public void create(NewRun run) {
        jdbc.update("INSERT INTO execution_node (id, task_spec) VALUES (?, '{}')", run.id());
        jdbc.update(
                "INSERT INTO pipeline_run (id, root_execution_id, created_by) VALUES (?, ?, ?)",
                run.id(),
                run.id(),
                run.createdBy());
        // JdbcTemplate passes the connection of the transaction that is under way.
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            mirror.write(connection, run);
            return null;
        });
        if ("refused".equals(run.name())) {
            throw new IllegalArgumentException("the service has second thoughts");
        }
    }
}
