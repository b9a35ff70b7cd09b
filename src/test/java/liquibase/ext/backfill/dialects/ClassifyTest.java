package liquibase.ext.backfill.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an error means, by what the drivers hand over: the state, the code, the message. */
class ClassifyTest {
    private static Failure classify(String product, String state, int code, String message) {
        return Dialects.of(product, "1").classify(new SQLException(message, state, code));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    40001, CONFLICT
                    40P01, CONFLICT
                    23505, DUPLICATE
                    55P03, LOCK_TIMEOUT
                    57014, CANCELLED
                    23503, FOREIGN_KEY
                    22P05, DATA
                    22001, DATA
                    23502, DATA
                    23514, DATA
                    54000, DATA
                    08006, CONNECTION_LOST
                    57P01, CONNECTION_LOST
                    42P01, PERMANENT
                    42501, PERMANENT
                    53100, PERMANENT
                    25006, PERMANENT
                    ,      PERMANENT""")
    void postgresql_is_understood_by_its_state(String state, Failure failure) {
        assertThat(classify("PostgreSQL", state, 0, "words")).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    40001, 1213, CONFLICT
                    HY000, 1020, CONFLICT
                    40000, 3101, CONFLICT
                    23000, 1062, DUPLICATE
                    40001, 1205, LOCK_TIMEOUT
                    HY000, 1205, LOCK_TIMEOUT
                    HY000, 3024, STATEMENT_TIMEOUT
                    70100, 1969, STATEMENT_TIMEOUT
                    23000, 1452, FOREIGN_KEY
                    22001, 1406, DATA
                    23000, 1048, DATA
                    01000, 1265, DATA
                    HY000, 1366, DATA
                    22032, 3140, DATA
                    HY000, 3819, DATA
                    23000, 4025, DATA
                    08S01, 0,    CONNECTION_LOST
                    70100, 1927, CONNECTION_LOST
                    HY000, 4031, CONNECTION_LOST
                    42S02, 1146, PERMANENT
                    70100, 1317, PERMANENT
                    HY000, 1665, PERMANENT
                    ,      0,    PERMANENT""")
    void mysql_and_mariadb_are_understood_by_their_number_first(String state, int code, Failure failure) {
        assertThat(classify("MySQL", state, code, "words")).isEqualTo(failure);
        assertThat(classify("MariaDB", state, code, "words")).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    5,   [SQLITE_BUSY] The database file is locked,                        CONFLICT
                    517, [SQLITE_BUSY_SNAPSHOT] Another database connection has written,   CONFLICT
                    6,   [SQLITE_LOCKED] A table in the database is locked,                CONFLICT
                    19,  [SQLITE_CONSTRAINT_PRIMARYKEY] A PRIMARY KEY constraint failed,   DUPLICATE
                    19,  [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed,            DUPLICATE
                    19,  [SQLITE_CONSTRAINT_FOREIGNKEY] A foreign key constraint failed,   FOREIGN_KEY
                    19,  [SQLITE_CONSTRAINT_CHECK] A CHECK constraint failed,              DATA
                    18,  [SQLITE_TOOBIG] String or BLOB exceeds size limit,                DATA
                    1,   [SQLITE_ERROR] SQL error or missing database,                     PERMANENT
                    13,  [SQLITE_FULL] Insertion failed because database is full,          PERMANENT
                    0,   database connection closed,                                       PERMANENT""")
    void sqlite_is_understood_by_its_code_and_the_name_in_its_message(int code, String message, Failure failure) {
        assertThat(classify("SQLite", null, code, message)).isEqualTo(failure);
    }

    @Test
    void a_table_that_is_missing_is_told_from_one_that_must_not_be_read() {
        assertThat(isMissing("PostgreSQL", "42P01", 0, "relation does not exist"))
                .isTrue();
        assertThat(isMissing("PostgreSQL", "3F000", 0, "schema does not exist")).isTrue();
        assertThat(isMissing("PostgreSQL", "42501", 0, "permission denied")).isFalse();
        for (String product : List.of("MySQL", "MariaDB")) {
            assertThat(isMissing(product, "42S02", 1146, "doesn't exist")).isTrue();
            assertThat(isMissing(product, "42000", 1049, "Unknown database")).isTrue();
            assertThat(isMissing(product, "42000", 1142, "SELECT command denied"))
                    .isFalse();
        }
        assertThat(isMissing("SQLite", null, 1, "[SQLITE_ERROR] SQL error or missing database (no such table: a)"))
                .isTrue();
        assertThat(isMissing("SQLite", null, 1, "[SQLITE_ERROR] SQL error or missing database (no such column: a)"))
                .isFalse();
    }

    private static boolean isMissing(String product, String state, int code, String message) {
        return Dialects.of(product, "1").isMissingTable(new SQLException(message, state, code));
    }
}
