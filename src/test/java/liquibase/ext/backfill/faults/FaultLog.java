package liquibase.ext.backfill.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import liquibase.ext.backfill.testing.ProcessLock;

/**
 * Keeps the report in {@code target/faults}. It is written anew with every entry, by one JVM at a time, so that a suite
 * that breaks off leaves what it has.
 */
public final class FaultLog {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Path REPORT = PROJECT.resolve(FaultReport.FRESH);

    /** Host, process and what tells two runs in it apart. */
    private static final Pattern RUNNER = Pattern.compile("\\S+:\\d+:[0-9a-f-]{36}");

    private FaultLog() {}

    public static synchronized void enter(FaultReport.Entry found) {
        try (ProcessLock lock = ProcessLock.take(REPORT.resolveSibling("lock"))) {
            FaultReport report = soFar().with(withoutWhereItRan(found));
            Files.writeString(REPORT, report.toJson());
            Files.writeString(REPORT.resolveSibling("report.md"), report.toMarkdown());
        } catch (IOException e) {
            throw new UncheckedIOException("the report of the fault suite cannot be written to " + REPORT, e);
        }
    }

    /** What this build has found; an older build's report gives way. */
    private static FaultReport soFar() throws IOException {
        var empty = new FaultReport(
                LocalDate.now(ZoneOffset.UTC).toString(), Chance.BUILD, Chance.SEED, Chance.ROUNDS, List.of());
        if (!Files.exists(REPORT)) {
            return empty;
        }
        FaultReport found = FaultReport.read(REPORT);
        return Chance.BUILD.equals(found.build()) ? found : empty;
    }

    /** Neither runners nor folders: the report is published. */
    private static FaultReport.Entry withoutWhereItRan(FaultReport.Entry entry) {
        String sees = RUNNER.matcher(entry.operatorSees()).replaceAll("…");
        return new FaultReport.Entry(
                entry.fault(),
                entry.database(),
                entry.times(),
                entry.balance(),
                sees.replace(PROJECT + File.separator, ""),
                entry.numbers());
    }
}
