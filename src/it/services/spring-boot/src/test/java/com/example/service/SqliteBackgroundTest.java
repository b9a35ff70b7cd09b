package com.example.service;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class SqliteBackgroundTest extends BackgroundContract {
    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = Databases.SQLITE.fresh();
        properties.add("spring.datasource.url", () -> url);
    }
}
