package liquibase.ext.backfill.dialects;

import java.util.function.UnaryOperator;

/**
 * How a session is asked and told where it looks for tables that are named without a schema.
 *
 * @param read the query that answers its present path, as {@code write} takes it
 * @param write the statement that sets it, with {@code %s} for the path
 * @param beginningWith the path that looks in a schema first, and after that where the session looks at present; the schema is
 *     unquoted, and a catalog where that is what a database has instead
 */
public record SearchPathSql(String read, String write, UnaryOperator<String> beginningWith) {}
