package liquibase.ext.backfill.startup;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.exception.LiquibaseException;

/** A start that was to fail of a failing backfill. All backfills have had their turn; the schema changes are applied. */
public final class BackfillsFailedException extends LiquibaseException {
    private static final long serialVersionUID = 1L;

    private final transient StartupReport report;

    BackfillsFailedException(StartupReport report) {
        super(Stream.concat(
                        report.problem().stream(),
                        report.backfills().stream().flatMap(backfill -> backfill.error().stream()))
                .collect(Collectors.joining("\n")));
        this.report = report;
    }

    /** How each backfill ended. */
    public StartupReport report() {
        return report;
    }
}
