package liquibase.ext.backfill;

import liquibase.database.Database;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.precondition.AbstractPrecondition;

/**
 * What Liquibase wants of a precondition, for those of this extension.
 *
 * @param <T> what is written in the changelog
 */
abstract class WrittenPrecondition<T> extends AbstractPrecondition {
    private final String name;
    Written<T> written;

    WrittenPrecondition(String name) {
        this.name = name;
        this.written = Written.missing(name);
    }

    @Override
    public final String getName() {
        return name;
    }

    @Override
    public final String getSerializedObjectNamespace() {
        return GENERIC_CHANGELOG_EXTENSION_NAMESPACE;
    }

    @Override
    public final Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public final ValidationErrors validate(Database database) {
        var errors = new ValidationErrors();
        written.problem().ifPresent(errors::addError);
        return errors;
    }
}
