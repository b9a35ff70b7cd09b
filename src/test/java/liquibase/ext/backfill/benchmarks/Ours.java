package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;

/** The backfills of this project, one after the other, as an update runs them. */
record Ours(String label, BackfillOptions options, BackfillListener listener) implements Variant {
    Ours(String label, BackfillOptions options) {
        this(label, options, BackfillListener.NONE);
    }

    @Override
    public void run(Connection connection) throws Exception {
        var engine = new BackfillEngine(
                connection, Schema.DEFAULT, CheckpointTable.DEFAULT, options, listener, Time.system());
        for (BackfillDefinition definition : SystemAnnotations.all()) {
            engine.run(definition);
        }
    }
}
