package liquibase.ext.backfill;

import java.util.Arrays;
import java.util.Locale;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * {@code backfillMode: {is: skip}} holds while {@code liquibase.backfill.mode} has that value. A changeset that is left
 * out by a precondition is not recorded; one whose task returns early would be.
 */
public final class BackfillModePrecondition extends WrittenPrecondition<Mode> {
    public BackfillModePrecondition() {
        super("backfillMode");
    }

    @Override
    public void load(ParsedNode parsedNode, ResourceAccessor resourceAccessor) throws ParsedNodeException {
        written = Written.readOrRefuse(
                parsedNode, () -> mode(StrictNode.root(parsedNode).only("is").text("is")));
    }

    private static Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "backfillMode has is: \"%s\": use auto, skip or force".formatted(text)));
    }

    @Override
    public void check(
            Database database,
            DatabaseChangeLog changeLog,
            @Nullable ChangeSet changeSet,
            ChangeExecListener changeExecListener)
            throws PreconditionFailedException, PreconditionErrorException {
        Mode mode;
        Mode wanted;
        try {
            wanted = written.get();
            mode = BackfillSettings.currentMode();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new PreconditionErrorException(e, changeLog, this);
        }
        if (mode != wanted) {
            throw new PreconditionFailedException(
                    "liquibase.backfill.mode is " + mode.name().toLowerCase(Locale.ROOT), changeLog, this);
        }
        if (mode == Mode.SKIP) {
            Scope.getCurrentScope()
                    .getUI()
                    .sendMessage("%s skipped: %s.".formatted(what(changeSet), SwitchedOff.reason()));
        }
    }

    /** A whole changelog has preconditions too. */
    private static String what(@Nullable ChangeSet changeSet) {
        return changeSet == null ? "Backfills" : "Backfill of changeset " + changeSet.getId();
    }

    @Override
    public String toString() {
        return written.problem().orElseGet(() -> "backfillMode is " + written.get());
    }
}
