package liquibase.ext.backfill.startup;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.SwitchedOff;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.Reason;
import liquibase.ext.backfill.engine.WhenBusy;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * What a service does with its database when it starts: first the schema changes of its changelog, by {@code update} and
 * with the backfills left out; then the backfills, without the changelog lock. A schema change that fails is thrown. A
 * backfill that fails is logged and reported, and does not keep the service from starting unless it is asked to.
 *
 * <p>What is said here beats {@code liquibase.backfill.*}, which beats the defaults; only {@code
 * liquibase.backfill.mode=skip} switches backfills off in any case. Everything said to the user goes to the log. Not for use
 * by several threads at once; each {@code run} takes its own connections and gives them back as they were.
 */
public final class ServiceStartup {
    private static final Duration DEFAULT_TIME_BOX = Duration.ofMinutes(4);

    private final DataSource dataSource;
    private final ApplicationChangelog changelog;
    private Optional<String> defaultSchema = Optional.empty();
    private final Map<String, Object> settings = new HashMap<>();
    private BackfillListener listener = BackfillListener.NONE;
    private Optional<Duration> timeBox = Optional.empty();
    private Optional<Boolean> failing = Optional.empty();

    private ServiceStartup(DataSource dataSource, String changelogFile) {
        this.dataSource = dataSource;
        this.changelog = new ApplicationChangelog(changelogFile);
        settings.put(Scope.Attr.ui.name(), new LoggerUIService());
    }

    /**
     * A start on a database.
     *
     * @param changelogFile the application's own changelog, which includes the backfills, as Liquibase finds it on the
     *     class path
     */
    public static ServiceStartup of(DataSource dataSource, String changelogFile) {
        return new ServiceStartup(dataSource, changelogFile);
    }

    /** As {@code --context-filter}. */
    public ServiceStartup contexts(String contexts) {
        changelog.contexts = contexts;
        return this;
    }

    /** As {@code --label-filter}. */
    public ServiceStartup labels(String labels) {
        changelog.labels = labels;
        return this;
    }

    /**
     * Where the tables are that changes, backfills and SQL of the changelog name without a schema, and Liquibase's own. As {@code
     * --default-schema-name}; afterwards the connection looks where it looked before.
     */
    public ServiceStartup defaultSchema(String schema) {
        this.defaultSchema = Optional.of(schema);
        return this;
    }

    /** Where the changelog is found, if not on the class path of Liquibase. */
    public ServiceStartup resources(ResourceAccessor resources) {
        settings.put(Scope.Attr.resourceAccessor.name(), resources);
        return this;
    }

    /**
     * A parameter of the changelog, which it names as <code>${…}</code>.
     */
    public ServiceStartup parameter(String name, String value) {
        changelog.parameters.put(name, value);
        return this;
    }

    /**
     * One of the settings {@code liquibase.backfill.*}, or of Liquibase's own.
     *
     * @param name with its prefix, as {@code liquibase.backfill.chunkSize} or {@code liquibase.backfill.chunk-size}
     * @throws IllegalArgumentException if there is no such setting; {@code liquibase.command.*} are taken as they are
     */
    public ServiceStartup setting(String name, String value) {
        settings.put(SettingKey.of(name), value);
        return this;
    }

    /** How long after the schema changes the backfills stop at a chunk's end; 4 minutes if they run inline. */
    public ServiceStartup timeBox(Duration duration) {
        this.timeBox = Optional.of(duration);
        return this;
    }

    /** Who hears how the backfills go: in the thread that works at them, and without disturbing them. */
    public ServiceStartup listener(BackfillListener hearing) {
        this.listener = hearing;
        return this;
    }

    /** Whether a failing backfill fails the start, when all have had their turn. */
    public ServiceStartup failOnBackfillFailure(boolean fail) {
        this.failing = Optional.of(fail);
        return this;
    }

    /**
     * Schema changes and backfills, in this thread. A backfill at which another replica is at work is left to that one, and
     * those after it too.
     *
     * @throws BackfillsFailedException if a backfill failed and this is to fail the start
     * @throws LiquibaseException if a schema change failed
     */
    public StartupReport run() throws LiquibaseException {
        if (switchedOff()) {
            return runWithoutBackfills();
        }
        return inScope(settings, () -> {
            Duration limit = limit().orElse(DEFAULT_TIME_BOX);
            FoundBackfills found =
                    changelog.update(database(), "it runs after the schema changes, without the changelog lock");
            return work(found, WhenBusy.LEAVE, Optional.of(limit)).finish();
        });
    }

    /**
     * Schema changes in this thread; then the backfills on a daemon thread of their own, without a time box unless one is
     * set. Where another replica is at work it waits, and takes over what that one leaves; where the connection is lost it tries
     * another one, later each time.
     *
     * @throws LiquibaseException if a schema change failed
     */
    public BackgroundBackfills runInBackground() throws LiquibaseException {
        if (switchedOff()) {
            return BackgroundBackfills.ended(runWithoutBackfills());
        }
        return inScope(settings, () -> {
            Optional<Duration> limit = limit();
            FoundBackfills found = changelog.update(database(), "it runs after the schema changes, in the background");
            return BackgroundBackfills.start(work(found, WhenBusy.WAIT, limit));
        });
    }

    /**
     * Schema changes alone. The report names each backfill as skipped.
     *
     * @throws LiquibaseException if a schema change failed
     */
    public StartupReport runWithoutBackfills() throws LiquibaseException {
        String reason = switchedOff() ? SwitchedOff.reason() : "this start leaves backfills out";
        Map<String, Object> off = new HashMap<>(settings);
        off.putAll(SwitchedOff.because(reason));
        return inScope(off, () -> {
            FoundBackfills found = changelog.update(database(), reason);
            return work(found, WhenBusy.LEAVE, Optional.empty()).skip(reason);
        });
    }

    /** Whoever says it, the surroundings or this start. */
    private boolean switchedOff() throws LiquibaseException {
        return ChangelogBackfills.areSwitchedOff() || inScope(settings, ChangelogBackfills::areSwitchedOff);
    }

    /** To be asked first: a setting that is not understood is to be refused before anything is changed. */
    private Optional<Duration> limit() {
        Optional<Duration> configured = ChangelogBackfills.timeBox();
        return timeBox.or(() -> configured);
    }

    private ServiceDatabase database() {
        return new ServiceDatabase(dataSource, defaultSchema);
    }

    private StartupWork work(FoundBackfills found, WhenBusy busy, Optional<Duration> limit) {
        boolean fail = failing.orElseGet(() -> !ChangelogBackfills.failuresAreReported(true));
        return new StartupWork(database(), found, new Patience(busy, limit), listener, fail);
    }

    private static <T> T inScope(Map<String, Object> values, Scope.ScopedRunnerWithReturn<T> work)
            throws LiquibaseException {
        try {
            return Scope.child(values, work);
        } catch (LiquibaseException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(Reason.sentence(e), e);
        }
    }
}
