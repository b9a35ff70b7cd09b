package liquibase.ext.backfill.faults;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.testing.FreshDatabase;

/** Processes that are ready to begin the same backfills: a JVM takes long to start. */
final class RunnerProcesses implements AutoCloseable {
    private final List<RunnerProcess> begun = new ArrayList<>();
    private final Deque<RunnerProcess> reserve = new ArrayDeque<>();

    RunnerProcesses(FreshDatabase database, int count, RunnerProcess.Work work) throws Exception {
        for (int i = 0; i < count; i++) {
            reserve.add(RunnerProcess.backfill(database, work));
        }
        for (RunnerProcess process : reserve) {
            ProcessDeathContract.await("a process that is ready", process::isReady);
        }
    }

    void begin(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            beginAnother();
        }
    }

    void beginAnother() throws IOException {
        RunnerProcess process = reserve.remove();
        begun.add(process);
        process.begin();
    }

    /** Those that are not killed. */
    List<RunnerProcess> begun() {
        return begun;
    }

    RunnerProcess of(Runs.Held held) {
        return begun.stream()
                .filter(process -> process.pid() == held.pid())
                .findFirst()
                .orElseThrow(() -> new AssertionError("none of %s is %s".formatted(begun, held)));
    }

    /** One that is at the same backfill and has to wait. */
    Optional<RunnerProcess> waitingFor(Runs.Held held) throws IOException {
        for (RunnerProcess process : begun) {
            if (process.pid() != held.pid() && process.waitedAt(held.backfill()).isPresent()) {
                return Optional.of(process);
            }
        }
        return Optional.empty();
    }

    void kill(RunnerProcess process) throws Exception {
        begun.remove(process);
        process.close();
    }

    @Override
    public void close() throws Exception {
        for (RunnerProcess process : begun) {
            process.close();
        }
        for (RunnerProcess process : reserve) {
            process.close();
        }
    }
}
