package liquibase.ext.backfill.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages show is compiled: here, where {@link SqliteServiceExampleIT} runs it, and by the services that are built as their users do. */
class ServicesPageTest {
    private static final Path PAGES = Path.of("src/site/markdown");

    @ParameterizedTest
    @CsvSource({
        "getting-started.md, src/test/java/com/example/Migration.java",
        "services.md, src/test/java/com/example/PipelineService.java",
        "services.md, src/test/java/com/example/BackfillHealth.java",
        "services.md, src/test/java/com/example/BackfillMetrics.java",
        "spring-boot.md, src/it/services/spring-boot/src/main/java/com/example/service/BackfillsInBackground.java"
    })
    void the_page_shows_the_example_as_it_is(String page, Path example) throws IOException {
        assertThat(Files.readString(PAGES.resolve(page))).contains("```java\n" + Files.readString(example) + "```\n");
    }
}
