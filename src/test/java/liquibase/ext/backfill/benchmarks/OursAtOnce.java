package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;

/** The backfills of this project in one transaction, each as one statement. */
record OursAtOnce() implements Variant {
    @Override
    public String label() {
        return "ours, one transaction";
    }

    @Override
    public void run(Connection connection) throws Exception {
        BackfillEngine.on(connection).runAllOrNothing(SystemAnnotations.all());
    }
}
