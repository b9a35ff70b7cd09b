package liquibase.ext.backfill.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each backfill makes of a run what the page how-it-works.md says. */
abstract class BeforeAndAfterContract {
    private static final Path PAGE = Path.of("src/site/markdown/how-it-works.md");
    private static final String BEFORE = "annotation before";
    private static final String AFTER = "annotation after";

    private final TestDatabase product;

    BeforeAndAfterContract(TestDatabase product) {
        this.product = product;
    }

    static Stream<BackfillDefinition> backfills() {
        return SystemAnnotations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("backfills")
    void a_backfill_makes_of_each_run_what_the_page_says(BackfillDefinition backfill) throws Exception {
        List<Map<String, String>> rows = rowsOf(backfill.name());
        assertThat(rows).hasSizeGreaterThan(3);
        try (FreshDatabase database = product.freshDatabase();
                Connection connection = database.connect()) {
            var tables = PipelineTables.on(product).loose().create(connection);
            for (int row = 0; row < rows.size(); row++) {
                add(tables, connection, "run-" + row, rows.get(row), keyOf(backfill));
            }

            BackfillEngine.on(connection).run(backfill);

            assertThat(tables.annotations(connection))
                    .containsExactlyInAnyOrderElementsOf(annotations(rows, keyOf(backfill), AFTER));
        }
    }

    private static void add(
            PipelineTables tables, Connection connection, String id, Map<String, String> row, String key)
            throws SQLException {
        tables.add(connection, Run.of(id, row.get("created_by"), row.get("extra_data"), row.get("task_spec")));
        if (row.get(BEFORE) != null) {
            tables.add(connection, new Annotation(id, key, row.get(BEFORE)));
        }
    }

    private static List<Annotation> annotations(List<Map<String, String>> rows, String key, String when) {
        List<Annotation> annotations = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).get(when) != null) {
                annotations.add(new Annotation("run-" + row, key, rows.get(row).get(when)));
            }
        }
        return annotations;
    }

    private static String keyOf(BackfillDefinition backfill) {
        return backfill.target().identity().stream()
                .map(Target.Constant::text)
                .findFirst()
                .orElseThrow();
    }

    /** The rows of the table below a heading, by the names of their columns. */
    private static List<Map<String, String>> rowsOf(String backfill) throws IOException {
        String section =
                Files.readString(PAGE).split("### `" + backfill + "`\n", -1)[1].split("\n#")[0];
        List<List<String>> lines = section.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .map(BeforeAndAfterContract::cell)
                        .toList())
                .toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> row = new HashMap<>();
            for (int column = 0; column < line.size(); column++) {
                row.put(lines.get(0).get(column), line.get(column));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String cell(String written) {
        return switch (written) {
            case "–" -> null;
            case "`''`" -> "";
            default -> written.replace("`", "");
        };
    }
}
