package liquibase.ext.backfill.engine;

import java.util.List;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.dialects.Dialect;

/** What one definition computes, as expressions over its source row and the rows joined to it. */
final class ValueSql {
    private final BackfillDefinition definition;
    private final Dialect dialect;
    private final TableSql tables;
    private final JsonString jsonString;

    ValueSql(BackfillDefinition definition, Dialect dialect, TableSql tables, JsonString jsonString) {
        this.definition = definition;
        this.dialect = dialect;
        this.tables = tables;
        this.jsonString = jsonString;
    }

    /** The dialect's way to a string in a document. */
    interface JsonString {
        String of(String document, List<String> path);
    }

    /** What all columns are to hold. */
    List<String> computed() {
        return definition.target().columns().stream().map(this::computed).toList();
    }

    private String computed(Target.Computed column) {
        return cut(whole(column), column);
    }

    /** What a column is to hold, before it is cut to the column's length. */
    String whole(Target.Computed column) {
        var values = column.firstOf().stream().map(this::value).toList();
        return values.size() == 1 ? values.get(0) : "COALESCE(" + String.join(", ", values) + ")";
    }

    /** What a column holds of a text: as much as is written. */
    String cut(String whole, Target.Computed column) {
        return dialect.cut(whole, column.maxLength());
    }

    /** What a column gets where the database refuses its computed value: its last literal, or else nothing. */
    String lastResort(Target.Computed column) {
        Value last = column.firstOf().get(column.firstOf().size() - 1);
        return last instanceof Value.Literal literal
                ? dialect.cut(dialect.literal(literal.text()), column.maxLength())
                : "NULL";
    }

    private String value(Value value) {
        if (value instanceof Value.Column column) {
            return dialect.text(tables.column(column.table(), column.column()));
        }
        if (value instanceof Value.JsonString json) {
            return jsonString.of(tables.column(json.table(), json.column()), json.path());
        }
        return dialect.literal(((Value.Literal) value).text());
    }
}
