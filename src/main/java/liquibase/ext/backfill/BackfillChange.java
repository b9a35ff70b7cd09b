package liquibase.ext.backfill;

import java.util.Optional;
import liquibase.Scope;
import liquibase.change.AbstractChange;
import liquibase.change.Change;
import liquibase.change.ChangeMetaData;
import liquibase.change.CheckSum;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.parser.core.ParsedNode;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;

/**
 * A backfill as a change of its own, {@code backfill:}, written in the changelog without any Java.
 *
 * <p>Unlike a {@code customChange} it is not switched off by {@code liquibase.allowCustomChange=false}: it has no free
 * SQL and names no class.
 */
@DatabaseChange(
        name = "backfill",
        description = "Inserts the rows that a source table owes to a target table, in short transactions",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class BackfillChange extends AbstractChange {
    private static final SqlStatement[] NOTHING = {};

    private Written<BackfillDefinition> definition = Written.missing("backfill");
    private String confirmation = "";

    /** What is wrong with the definition is kept for {@link #validate}, which Liquibase reports with the changeset. */
    @Override
    public void load(ParsedNode parsedNode, ResourceAccessor resourceAccessor) {
        definition = Written.read(() -> DefinitionParser.backfill(parsedNode));
    }

    /** Empty if {@link #validate} finds something wrong with it. */
    Optional<BackfillDefinition> definition() {
        return definition.meaning();
    }

    /** What it does; to be asked for only where {@link #validate} finds nothing wrong. */
    ChangelogBackfill backfill() {
        return ChangelogBackfill.chunked(definition.get());
    }

    /**
     * Liquibase asks for the statements several times and executes them once: so the work is a statement, and asking
     * for it does nothing. A dry run prints instead.
     */
    @Override
    public SqlStatement[] generateStatements(Database database) {
        if (!Scope.getCurrentScope().get(Change.SHOULD_EXECUTE, Boolean.TRUE)) {
            return NOTHING;
        }
        ChangelogBackfill backfill = backfill();
        try {
            if (ChangelogBackfill.isDryRun(database)) {
                backfill.print(database);
                return NOTHING;
            }
        } catch (DatabaseException e) {
            throw new UnexpectedLiquibaseException(e.getMessage(), e);
        }
        return new SqlStatement[] {
            new BackfillStatement(definition.get().name(), () -> confirmation = backfill.run(database))
        };
    }

    @Override
    public ValidationErrors validate(Database database) {
        if (definition.problem().isPresent()) {
            return new ValidationErrors(this).addError(definition.problem().get());
        }
        return backfill().validate(database);
    }

    /** What it writes depends on what is in the database. Nor must Liquibase generate statements to judge support. */
    @Override
    public boolean generateStatementsVolatile(Database database) {
        return true;
    }

    @Override
    public boolean generateRollbackStatementsVolatile(Database database) {
        return false;
    }

    @Override
    public boolean supportsRollback(Database database) {
        return true;
    }

    /** Leaves the rows: they are true, and the application may rely on them. */
    @Override
    public SqlStatement[] generateRollbackStatements(Database database) {
        return NOTHING;
    }

    @Override
    public CheckSum generateCheckSum() {
        return CheckSum.compute(definition
                .problem()
                .orElseGet(() -> definition.get().name() + definition.get().fingerprint()));
    }

    @Override
    public String getConfirmationMessage() {
        return confirmation;
    }
}
