package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Keys that are compared in two ways: MySQL and MariaDB would read the whole target for every chunk, or miss rows. */
abstract class KeyCollationContract extends EngineContract {
    KeyCollationContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_reference_of_another_collation_than_the_key_is_refused_until_they_agree() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 0);
        things.execute("DROP TABLE tag");
        things.execute(
                "CREATE TABLE tag (thing_id VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL, "
                        + "name VARCHAR(40) NOT NULL, content VARCHAR(255), PRIMARY KEY (thing_id, name))");
        things.execute("ALTER TABLE thing MODIFY id VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL");
        things.with(5);

        assertThatThrownBy(() -> engine(chunksOf(2).build()).run(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageContaining(
                        "thing.id has the collation utf8mb4_bin and tag.thing_id has utf8mb4_general_ci: rows "
                                + "would be looked for in the whole table, or not be found; give both the same collation");

        things.execute(
                "ALTER TABLE tag MODIFY thing_id VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL");
        engine(chunksOf(2).build()).run(Things.TOTAL);
        things.assertParity();
    }

    @Test
    void a_unique_index_over_the_beginning_of_a_key_is_no_constraint() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 5);
        things.execute("DROP TABLE tag");
        things.execute(
                "CREATE TABLE tag (thing_id VARCHAR(40) NOT NULL, name VARCHAR(40) NOT NULL, content VARCHAR(255), "
                        + "UNIQUE (thing_id, name(2)))");

        assertThatThrownBy(() -> engine(chunksOf(2).build()).run(Things.TOTAL))
                .hasMessageContaining("table tag has no primary key or unique constraint over (thing_id, name)");
        assertThat(things.tags()).isEmpty();
    }
}
