package liquibase.ext.backfill.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page shows is compiled here, and run by {@link SqliteServiceExampleIT}. */
class ServicesPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/services.md");

    @ParameterizedTest
    @ValueSource(strings = {"PipelineService", "BackfillHealth", "BackfillMetrics"})
    void the_page_shows_the_example_as_it_is(String example) throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("```java\n" + Files.readString(Path.of("src/test/java/com/example", example + ".java"))
                        + "```\n");
    }
}
