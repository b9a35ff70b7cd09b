package liquibase.ext.backfill.engine;

import java.lang.System.Logger;
import java.time.Duration;

/** Keeps a failing listener away from the work. */
final class SafeListener implements BackfillListener {
    private static final Logger LOG = System.getLogger(SafeListener.class.getName());

    private final BackfillListener listener;

    SafeListener(BackfillListener listener) {
        this.listener = listener;
    }

    @Override
    public void compared(String backfill, Parity parity) {
        tell(() -> listener.compared(backfill, parity));
    }

    @Override
    public void resumed(String backfill, KeyRange rest) {
        tell(() -> listener.resumed(backfill, rest));
    }

    @Override
    public void restarted(String backfill, String reason) {
        tell(() -> listener.restarted(backfill, reason));
    }

    @Override
    public void advanced(Progress progress) {
        tell(() -> listener.advanced(progress));
    }

    @Override
    public void waiting(String backfill, String reason, Duration duration) {
        tell(() -> listener.waiting(backfill, reason, duration));
    }

    @Override
    public void ended(BackfillResult result) {
        tell(() -> listener.ended(result));
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.WARNING, "A backfill listener failed; the backfill goes on.", e);
        }
    }
}
