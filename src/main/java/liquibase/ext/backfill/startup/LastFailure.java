package liquibase.ext.backfill.startup;

import java.util.Optional;
import liquibase.ext.backfill.engine.BackfillListener;
import org.jspecify.annotations.Nullable;

/** Keeps what a failing backfill had done before: its exception tells it to people only. */
final class LastFailure implements BackfillListener {
    private @Nullable Failed last;

    @Override
    public void failed(Failed failed) {
        last = failed;
    }

    /** Empty if a backfill failed before its run began. */
    Optional<Failed> of(String backfill) {
        return Optional.ofNullable(last).filter(failed -> failed.backfill().equals(backfill));
    }
}
