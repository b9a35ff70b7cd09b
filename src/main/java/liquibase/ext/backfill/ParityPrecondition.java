package liquibase.ext.backfill;

import java.util.Locale;
import java.util.Optional;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.engine.Reason;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.resource.ResourceAccessor;

/**
 * {@code parity: {…}} holds when every source row has its target row. What cannot be compared, because a table is
 * missing or there is no database behind an {@code offline:} URL, is not in parity: so that the backfill behind it runs
 * and says what is wrong, and a gate with {@code onFail: HALT} stays shut.
 */
public final class ParityPrecondition extends WrittenPrecondition<BackfillDefinition> {
    public ParityPrecondition() {
        super("parity");
    }

    @Override
    public void load(ParsedNode parsedNode, ResourceAccessor resourceAccessor) throws ParsedNodeException {
        written = Written.readOrRefuse(parsedNode, () -> DefinitionParser.parity(parsedNode));
    }

    @Override
    public void check(
            Database database, DatabaseChangeLog changeLog, ChangeSet changeSet, ChangeExecListener changeExecListener)
            throws PreconditionFailedException, PreconditionErrorException {
        if (written.problem().isPresent()) {
            // No failure: inside of a `not` that would let the changeset run.
            throw new PreconditionErrorException(
                    new IllegalStateException(written.problem().get()), changeLog, this);
        }
        BackfillOptions options;
        try {
            options = BackfillSettings.current().options();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new PreconditionErrorException(e, changeLog, this);
        }
        Optional<String> broken = broken(database, options);
        if (broken.isPresent()) {
            throw new PreconditionFailedException(broken.get(), changeLog, this);
        }
    }

    private Optional<String> broken(Database database, BackfillOptions options) {
        BackfillDefinition wanted = written.get();
        Optional<JdbcAccess> access = JdbcAccess.of(database);
        if (access.isEmpty()) {
            return Optional.of("parity cannot be looked at without a database");
        }
        try {
            Parity parity = access.get()
                    .call(connection ->
                            access.get().inspection(connection, options).parity(wanted));
            return parity.holds()
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "%,d of %,d rows of %s lack their row in %s",
                            parity.missing(),
                            parity.sourceRows(),
                            wanted.source().table(),
                            wanted.target().table()));
        } catch (DatabaseException | BackfillException e) {
            return Optional.of(Reason.whole(e));
        }
    }

    @Override
    public String toString() {
        return written.problem().orElseGet(() -> "parity of " + written.get().name());
    }
}
