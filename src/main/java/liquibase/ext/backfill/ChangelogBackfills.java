package liquibase.ext.backfill;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillInspection;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Reason;
import liquibase.ext.backfill.engine.WhenBusy;
import org.jspecify.annotations.Nullable;

/**
 * The backfills that a changelog names, outside of an update: what the commands look at and run. No changelog table is
 * read or written, and no changelog lock is taken.
 */
public final class ChangelogBackfills {
    private final Database database;
    private final List<ChangelogBackfill> backfills;

    private ChangelogBackfills(Database database, List<ChangelogBackfill> backfills) {
        this.database = database;
        this.backfills = backfills;
    }

    /** The parameters of a changelog that nobody gave any: from Java's properties and from Liquibase's files. */
    public static ChangeLogParameters defaultParameters(Database database) {
        var parameters = new ChangeLogParameters(database);
        parameters.addJavaProperties();
        parameters.addDefaultFileProperties();
        return parameters;
    }

    /**
     * Reads a changelog and finds what an {@code update} with these parameters would come to.
     *
     * @throws LiquibaseException if the changelog cannot be read, one of its backfills is wrong, one may be missing
     *     because its class cannot be loaded, or two that differ share a name; the message names the changeset
     */
    public static ChangelogBackfills read(String changelogFile, ChangeLogParameters parameters, Database database)
            throws Exception {
        DatabaseChangeLog changelog =
                DatabaseChangelogCommandStep.getDatabaseChangeLog(changelogFile, parameters, database);
        var search = new BackfillSearch(changelog, ChosenChangeSets.by(parameters, database));
        search.requireLoaded();
        return new ChangelogBackfills(database, search.found(database));
    }

    /**
     * Finds the backfills of a changelog, and leaves it to Liquibase to judge a class that cannot be loaded.
     *
     * @param chosen whether a changeset counts
     * @throws LiquibaseException if one of them is wrong, or two that differ share a name; the message names the changeset
     */
    public static ChangelogBackfills of(DatabaseChangeLog changelog, Database database, Predicate<ChangeSet> chosen)
            throws LiquibaseException {
        return new ChangelogBackfills(database, new BackfillSearch(changelog, chosen).found(database));
    }

    /** What is backfilled, in the changelog's order, each name once. */
    public List<BackfillDefinition> definitions() {
        return List.copyOf(backfills.stream()
                .flatMap(backfill -> backfill.definitions().stream())
                .collect(Collectors.toMap(
                        BackfillDefinition::name, definition -> definition, (one, same) -> one, LinkedHashMap::new))
                .values());
    }

    /** What is asked of the database. */
    public interface Inspecting<T> {
        T with(BackfillInspection inspection) throws SQLException;
    }

    /** Asks the database; writes nothing. */
    public <T> T inspect(Inspecting<T> inspecting) throws DatabaseException {
        JdbcAccess access = JdbcAccess.required(database);
        var options = BackfillSettings.current().options();
        return access.call(connection -> inspecting.with(access.inspection(connection, options)));
    }

    /**
     * What the database lacks for them, each with its mend; nothing where backfills are switched off. A changelog
     * without a backfill may be for a database that backfills do not know.
     */
    public List<String> obstacles() throws DatabaseException {
        if (backfills.isEmpty() || areSwitchedOff() || JdbcAccess.of(database).isEmpty()) {
            return List.of();
        }
        return inspect(inspection -> {
            List<String> obstacles = new ArrayList<>();
            for (BackfillDefinition definition : definitions()) {
                inspection.obstacle(definition).ifPresent(obstacles::add);
            }
            return obstacles;
        });
    }

    /** Whether backfills are switched off by {@code liquibase.backfill.mode}. */
    public static boolean areSwitchedOff() {
        return BackfillSettings.currentMode() == Mode.SKIP;
    }

    /** How long they may take; empty if nobody said it. */
    public static Optional<Duration> timeBox() {
        return BackfillSettings.current().timeBox();
    }

    /** The same as {@link #failuresAreReported()}; if nobody said it, another answer than the usual one. */
    public static boolean failuresAreReported(boolean otherwise) {
        return BackfillConfiguration.ON_FAILURE.getCurrentConfiguredValue().wasDefaultValueUsed()
                ? otherwise
                : failuresAreReported();
    }

    /** Whether a backfill that fails is reported and nothing else fails of it. */
    public static boolean failuresAreReported() {
        return BackfillSettings.current().onFailure() == OnFailure.REPORT;
    }

    /**
     * Runs them one after the other, obeying {@code liquibase.backfill.*}. Each waits for a runner that is at work at it.
     * With {@code onFailure=report} a failure does not keep the next from running; it is thrown at the end, because
     * nothing else here would tell of it.
     *
     * @param chosen whether the backfill of a name is run
     * @param ended hears each result
     */
    public void run(Predicate<String> chosen, Consumer<BackfillResult> ended) throws LiquibaseException {
        Instant began = Instant.now();
        BackfillSettings settings = BackfillSettings.current();
        if (settings.mode() == Mode.SKIP) {
            Scope.getCurrentScope().getUI().sendMessage("No backfill runs: %s.".formatted(SwitchedOff.reason()));
            return;
        }
        @Nullable LiquibaseException failure = null;
        for (ChangelogBackfill backfill : backfills) {
            if (backfill.definitions().stream().map(BackfillDefinition::name).noneMatch(chosen)) {
                continue;
            }
            try {
                backfill.runWithoutLock(database, settings, began, BackfillListener.NONE)
                        .forEach(ended);
            } catch (LiquibaseException | RuntimeException e) {
                failure = failed(e, failure);
                if (settings.onFailure() == OnFailure.FAIL) {
                    throw failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** One of them, or several in one transaction. */
    public interface Step {
        /** What is backfilled. */
        List<String> names();

        /**
         * Does the work.
         *
         * @throws LiquibaseException if it fails; the message says what was kept and what to do
         */
        List<BackfillResult> run(Database database) throws LiquibaseException;
    }

    /**
     * Each in its turn, for somebody who decides after each whether the next one begins, and on which connection. The settings are those of this
     * moment, and a time box begins now.
     *
     * @param timeBox empty for the one of the settings
     */
    public List<Step> steps(WhenBusy busy, Optional<Duration> timeBox, BackfillListener listener) {
        Instant began = Instant.now();
        BackfillSettings current = BackfillSettings.current().when(busy);
        BackfillSettings settings = timeBox.map(current::within).orElse(current);
        return backfills.stream()
                .map(backfill -> step(backfill, settings, began, listener))
                .toList();
    }

    private static Step step(
            ChangelogBackfill backfill, BackfillSettings settings, Instant began, BackfillListener listener) {
        return new Step() {
            @Override
            public List<String> names() {
                return backfill.definitions().stream()
                        .map(BackfillDefinition::name)
                        .toList();
            }

            @Override
            public List<BackfillResult> run(Database database) throws LiquibaseException {
                return backfill.runWithoutLock(database, settings, began, listener);
            }
        };
    }

    /** A failure is heard at once; the first is the one that is thrown. */
    private LiquibaseException failed(Exception failure, @Nullable LiquibaseException earlier) {
        if (earlier == null) {
            return new LiquibaseException(Reason.whole(failure), failure);
        }
        ErrorMessage.send(Reason.sentence(failure), failure);
        earlier.addSuppressed(failure);
        return earlier;
    }
}
