package liquibase.ext.backfill.benchmarks;

import java.util.List;
import liquibase.ext.backfill.testing.TestDatabase;

/** What the statements of the benchmark say differently on each database. */
enum Product {
    POSTGRESQL("PostgreSQL", "lpad(to_hex(%s), 8, '0')", "CAST(%s AS json)", "\"key\"") {
        /** As the ORM of the original renders a JSON path. */
        @Override
        String jsonText(String document, List<String> path) {
            return "(%s #>> '{%s}')".formatted(document, String.join(",", path));
        }

        @Override
        List<String> settled(boolean analysed) {
            return List.of(analysed ? "VACUUM ANALYZE" : "SELECT 1", "CHECKPOINT");
        }

        /** So that it is a choice of the benchmark when statistics are there. */
        @Override
        List<String> prepared() {
            return List.of(
                    "ALTER TABLE pipeline_run_annotation SET (autovacuum_enabled = false)",
                    "ALTER TABLE pipeline_run SET (autovacuum_enabled = false)",
                    "ALTER TABLE execution_node SET (autovacuum_enabled = false)");
        }
    },

    MYSQL("MySQL", "LPAD(LOWER(HEX(%s)), 8, '0')", "CAST(%s AS JSON)", "`key`") {
        @Override
        String jsonText(String document, List<String> path) {
            return ("CASE JSON_EXTRACT(%1$s, '$.%2$s') WHEN 'null' THEN NULL "
                            + "ELSE JSON_UNQUOTE(JSON_EXTRACT(%1$s, '$.%2$s')) END")
                    .formatted(document, String.join(".", path));
        }

        @Override
        List<String> settled(boolean analysed) {
            return List.of("ANALYZE TABLE pipeline_run_annotation");
        }

        /** The tests' servers are made to be small. A server with data has memory for it. */
        @Override
        List<String> prepared() {
            return List.of("SET GLOBAL innodb_buffer_pool_size = 2147483648");
        }
    },

    MARIADB("MariaDB", "LPAD(LOWER(HEX(%s)), 8, '0')", "%s", "`key`") {
        @Override
        String jsonText(String document, List<String> path) {
            return MYSQL.jsonText(document, path);
        }

        @Override
        List<String> settled(boolean analysed) {
            return MYSQL.settled(analysed);
        }

        @Override
        List<String> prepared() {
            return MYSQL.prepared();
        }
    },

    SQLITE("SQLite", "printf('%%08x', %s)", "%s", "\"key\"") {
        @Override
        String jsonText(String document, List<String> path) {
            return "json_extract(%s, '$.%s')".formatted(document, String.join(".", path));
        }

        @Override
        List<String> settled(boolean analysed) {
            return List.of("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        /** What a service would choose. */
        @Override
        List<String> prepared() {
            return List.of("PRAGMA journal_mode = WAL");
        }
    };

    private final String label;
    private final String hexadecimal;
    private final String json;
    private final String key;

    Product(String label, String hexadecimal, String json, String key) {
        this.label = label;
        this.hexadecimal = hexadecimal;
        this.json = json;
        this.key = key;
    }

    static Product of(TestDatabase database) {
        return valueOf(database.name());
    }

    /** As its users write it. */
    String label() {
        return label;
    }

    /** A number below 2^32 as eight digits. */
    String hexadecimal(String number) {
        return hexadecimal.formatted(number);
    }

    /** A text as what a column of documents takes. */
    String json(String text) {
        return json.formatted(text);
    }

    /** The column {@code key}, which some databases take for a word of their own. */
    String key() {
        return key;
    }

    /** A text as a moment. */
    String moment(String text) {
        return this == POSTGRESQL ? "CAST(%s AS timestamp)".formatted(text) : text;
    }

    /** What the original reads out of a document. */
    abstract String jsonText(String document, List<String> path);

    /** Statements that make each round begin alike. */
    abstract List<String> settled(boolean analysed);

    /** Statements for a new database, after its tables were made. */
    abstract List<String> prepared();
}
