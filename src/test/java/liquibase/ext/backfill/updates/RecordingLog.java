package liquibase.ext.backfill.updates;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;

/** Keeps what Liquibase logs from INFO on. */
final class RecordingLog extends AbstractLogService {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    String lines() {
        return String.join("", lines);
    }

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Logger getLog(Class type) {
        return new AbstractLogger() {
            @Override
            public void log(Level level, String message, Throwable e) {
                if (level.intValue() >= Level.INFO.intValue() && !level.equals(Level.OFF)) {
                    lines.add(level + " " + message + "\n");
                }
            }
        };
    }
}
