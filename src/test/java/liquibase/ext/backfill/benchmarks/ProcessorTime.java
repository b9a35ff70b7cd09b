package liquibase.ext.backfill.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import liquibase.ext.backfill.testing.TestDatabase;

/** The processor time that a database has used so far, in seconds; only differences mean anything. */
interface ProcessorTime {
    /** What the kernel counts in; 100 on every Linux that there is. */
    double TICKS_PER_SECOND = 100;

    double seconds();

    /**
     * Of the database's processes. A server that this JVM did not start is measured by {@code -Dbenchmark.server.pid}, if
     * it runs on this machine; else its time is 0. SQLite has no processes: there it is the time of the calling thread,
     * Java's own part included.
     */
    static ProcessorTime of(TestDatabase product) {
        if (product == TestDatabase.SQLITE) {
            return () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
        }
        long parent =
                Long.getLong("benchmark.server.pid", ProcessHandle.current().pid());
        return () -> {
            Stream<ProcessHandle> below = ProcessHandle.of(parent).stream().flatMap(ProcessHandle::descendants);
            Stream<ProcessHandle> self =
                    parent == ProcessHandle.current().pid() ? Stream.empty() : ProcessHandle.of(parent).stream();
            return Stream.concat(self, below)
                    .mapToDouble(process -> ofProcess(process.pid()))
                    .sum();
        };
    }

    private static double ofProcess(long pid) {
        try {
            return ofStat(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (NoSuchFileException e) {
            return 0; // it ended, and its parent counts it from now on
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process's own time and that of its children which have ended: the fields 14 to 17 of {@code proc(5)}. */
    static double ofStat(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(fields[field - 3]); // the split begins at field 3
        }
        return ticks / TICKS_PER_SECOND;
    }
}
