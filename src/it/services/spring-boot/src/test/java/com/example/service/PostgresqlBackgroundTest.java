package com.example.service;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class PostgresqlBackgroundTest extends BackgroundContract {
    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = Databases.POSTGRESQL.fresh();
        properties.add("spring.datasource.url", () -> url);
    }
}
