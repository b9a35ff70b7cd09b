package liquibase.ext.backfill;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationErrors;
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
     * @throws LiquibaseException as {@link #of} does, or if the changelog cannot be read
     */
    public static ChangelogBackfills read(String changelogFile, ChangeLogParameters parameters, Database database)
            throws Exception {
        return of(
                DatabaseChangelogCommandStep.getDatabaseChangeLog(changelogFile, parameters, database),
                database,
                ChosenChangeSets.by(parameters, database));
    }

    /**
     * Finds the backfills of a changelog.
     *
     * @param chosen whether a changeset counts
     * @throws LiquibaseException if one of them is wrong, one may be missing because its class cannot be loaded, or two
     *     that differ share a name; the message names the changeset
     */
    public static ChangelogBackfills of(DatabaseChangeLog changelog, Database database, Predicate<ChangeSet> chosen)
            throws LiquibaseException {
        requireLoaded(changelog, chosen);
        return ofLoaded(changelog, database, chosen);
    }

    /** Like {@link #of}, and leaves it to Liquibase to judge a class that cannot be loaded. */
    public static ChangelogBackfills ofLoaded(
            DatabaseChangeLog changelog, Database database, Predicate<ChangeSet> chosen) throws LiquibaseException {
        Map<String, BackfillDefinition> known = new LinkedHashMap<>();
        List<ChangelogBackfill> backfills = new ArrayList<>();
        for (ChangeSet changeSet :
                changelog.getChangeSets().stream().filter(chosen).toList()) {
            for (ChangelogBackfill backfill : of(changeSet, database)) {
                if (addNew(backfill, known, changeSet)) {
                    backfills.add(backfill);
                }
            }
        }
        return new ChangelogBackfills(database, backfills);
    }

    /** With the changeset in the scope, as where Liquibase itself goes through a changelog: it is looked at there. */
    private static List<ChangelogBackfill> of(ChangeSet changeSet, Database database) throws LiquibaseException {
        try {
            return Scope.child(
                    Map.of(Scope.Attr.changeSet.name(), changeSet), () -> ofCurrentChangeSet(changeSet, database));
        } catch (LiquibaseException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        }
    }

    private static List<ChangelogBackfill> ofCurrentChangeSet(ChangeSet changeSet, Database database)
            throws LiquibaseException {
        List<ChangelogBackfill> backfills = new ArrayList<>();
        for (Change change : changeSet.getChanges()) {
            if (change instanceof BackfillChange backfill) {
                requireValid(change.validate(database), changeSet);
                backfills.add(backfill.backfill());
            } else if (change instanceof CustomChangeWrapper custom
                    && custom.getCustomChange() instanceof BackfillTask task) {
                requireValid(change.validate(database), changeSet); // it also hands the parameters over
                backfills.add(task.backfill());
            }
        }
        return backfills;
    }

    /**
     * A class that is not there may be a backfill: to pass over it would be to call it healthy. Every backfill is in a
     * changeset that runs always; any other may have run long ago, and its class be gone for good.
     */
    private static void requireLoaded(DatabaseChangeLog changelog, Predicate<ChangeSet> chosen)
            throws LiquibaseException {
        for (ChangeSet changeSet : changelog.getChangeSets().stream()
                .filter(chosen)
                .filter(ChangeSet::isAlwaysRun)
                .toList()) {
            for (Change change : changeSet.getChanges()) {
                if (change instanceof CustomChangeWrapper custom && custom.getCustomChange() == null) {
                    throw new LiquibaseException(
                            ("changeset %s names the class %s, which cannot be loaded: put its jar "
                                            + "on the classpath, and see that liquibase.allowCustomChange is not false")
                                    .formatted(changeSet, custom.getClassName()));
                }
            }
        }
    }

    private static void requireValid(ValidationErrors errors, ChangeSet changeSet) throws LiquibaseException {
        if (errors.hasErrors()) {
            throw new LiquibaseException(
                    "changeset %s: %s".formatted(changeSet, String.join("; ", errors.getErrorMessages())));
        }
    }

    /** A backfill that several changesets name is one backfill. */
    private static boolean addNew(
            ChangelogBackfill backfill, Map<String, BackfillDefinition> known, ChangeSet changeSet)
            throws LiquibaseException {
        boolean isNew = false;
        for (BackfillDefinition definition : backfill.definitions()) {
            BackfillDefinition before = known.putIfAbsent(definition.name(), definition);
            isNew |= before == null;
            if (before != null && !before.equals(definition)) {
                throw new LiquibaseException(SharedNames.message(changeSet, definition));
            }
        }
        return isNew;
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
     * @param timeBox empty for none
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
            return new LiquibaseException(failure.getMessage(), failure);
        }
        ErrorMessage.send(Reason.sentence(failure), failure);
        earlier.addSuppressed(failure);
        return earlier;
    }
}
