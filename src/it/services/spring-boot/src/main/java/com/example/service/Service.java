package com.example.service;

import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Service {
    public static void main(String[] arguments) {
        SpringApplication.run(Service.class, arguments);
    }

    @Bean
    SystemAnnotationMirror systemAnnotationMirror() {
        return new SystemAnnotationMirror();
    }
}
