package com.example.service;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A new database for each test. */
enum Databases {
    SQLITE {
        @Override
        String fresh(String name) {
            return "jdbc:sqlite:target/" + name + ".db";
        }
    },
    POSTGRESQL {
        @Override
        String fresh(String name) throws SQLException {
            String url = System.getenv("SERVICE_POSTGRESQL_URL");
            execute(url, "CREATE SCHEMA " + name);
            return url + "&currentSchema=" + name;
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    abstract String fresh(String name) throws SQLException;

    String fresh() {
        try {
            return fresh("service_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
