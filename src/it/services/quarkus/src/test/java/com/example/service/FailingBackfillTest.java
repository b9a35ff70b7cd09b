package com.example.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Database.RefusingBackfills.class, restrictToAnnotatedClass = true)
class FailingBackfillTest {
    @Inject
    DataSource dataSource;

    @Test
    void does_not_keep_the_service_from_starting_if_it_is_to_be_reported() throws SQLException {
        assertEquals(List.of("old", "older"), Database.read(dataSource, "SELECT id FROM pipeline_run ORDER BY 1"));
        assertEquals(List.of(), Database.read(dataSource, "SELECT key FROM pipeline_run_annotation"));
    }
}
