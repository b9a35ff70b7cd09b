package liquibase.ext.backfill.engine;

import java.sql.Connection;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Dialect;

/** What the parts of one run share. */
record RunContext(
        BackfillDefinition definition,
        Connection connection,
        Dialect dialect,
        BackfillSql sql,
        BackfillReads reads,
        Checkpoints checkpoints,
        BackfillOptions options,
        Time time,
        Pacing pacing,
        Steps steps,
        Tally tally,
        BackfillListener listener) {}
