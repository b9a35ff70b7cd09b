package liquibase.ext.backfill.engine;

import java.sql.Connection;

/** The isolation of a chunk's transaction. */
public enum Isolation {
    /** The most reliable mode, and the default: who loses a race gets a conflict, which is retried. */
    SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE),

    /** Holds fewer locks on MySQL and MariaDB, where it lets writers insert new rows beside an open chunk. */
    READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED);

    private final int level;

    Isolation(int level) {
        this.level = level;
    }

    /** The level in SQL. */
    String inSql() {
        return name().replace('_', ' ');
    }

    /** The level as {@link Connection} counts them. */
    int level() {
        return level;
    }
}
