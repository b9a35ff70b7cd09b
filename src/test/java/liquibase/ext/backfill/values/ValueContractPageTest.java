package liquibase.ext.backfill.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ValueContractPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/value-contract.md");
    private static final Path EXPECTED = Path.of("target/value-contract.md");

    @Test
    void the_page_shows_the_cases_that_the_databases_are_tested_with() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(ValueContractPage.tables()).allMatch(table -> page.contains("<!-- cases: " + table + " -->"));
        String expected = ValueContractPage.withTables(page);
        Files.createDirectories(EXPECTED.getParent());
        Files.writeString(EXPECTED, expected);

        assertThat(page)
                .as("%s; %s has the tables as they should be: copy it there", PAGE, EXPECTED)
                .isEqualTo(expected);
    }
}
