package liquibase.ext.backfill.engine;

import java.time.Duration;
import liquibase.ext.backfill.testing.TestDatabase;

/**
 * A jump of a database's clock, as everybody sees it who looks at the checkpoints: their last signs of life are further
 * ahead, or further back, than they were.
 */
public final class ClockJump {
    private ClockJump() {}

    /**
     * The statement that makes it.
     *
     * @param by how far ahead of the clock the signs of life get; negative: behind it
     */
    public static String statement(TestDatabase product, Duration by) {
        String moved =
                switch (product) {
                    case POSTGRESQL -> "UPDATED + INTERVAL '%d seconds'";
                    case SQLITE -> "strftime('%%Y-%%m-%%d %%H:%%M:%%f', UPDATED, '%+d seconds')";
                    case MYSQL, MARIADB -> "UPDATED + INTERVAL %d SECOND";
                };
        return "UPDATE DATABASECHANGELOGBACKFILL SET UPDATED = " + moved.formatted(by.toSeconds());
    }
}
