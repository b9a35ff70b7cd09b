package liquibase.ext.backfill.engine;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;

/** Keeps failing listeners away from the work, and from each other. */
final class SafeListener implements BackfillListener {
    private static final Logger LOG = System.getLogger(SafeListener.class.getName());

    private final List<BackfillListener> listeners;

    SafeListener(List<BackfillListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void started(String backfill) {
        tell(listener -> listener.started(backfill));
    }

    @Override
    public void compared(String backfill, Parity parity) {
        tell(listener -> listener.compared(backfill, parity));
    }

    @Override
    public void resumed(String backfill, KeyRange rest) {
        tell(listener -> listener.resumed(backfill, rest));
    }

    @Override
    public void restarted(String backfill, String reason) {
        tell(listener -> listener.restarted(backfill, reason));
    }

    @Override
    public void advanced(Progress progress) {
        tell(listener -> listener.advanced(progress));
    }

    @Override
    public void waiting(String backfill, String reason, Duration duration) {
        tell(listener -> listener.waiting(backfill, reason, duration));
    }

    @Override
    public void ended(BackfillResult result) {
        tell(listener -> listener.ended(result));
    }

    @Override
    public void failed(Failed failed) {
        tell(listener -> listener.failed(failed));
    }

    /** A class that a listener lacks is its own failure too: numbers often come from another library. */
    private void tell(Consumer<BackfillListener> event) {
        for (BackfillListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Exception | LinkageError | ServiceConfigurationError e) { // Kotlin throws checked ones undeclared
                LOG.log(Logger.Level.WARNING, "A backfill listener failed; the backfill goes on.", e);
            }
        }
    }
}
