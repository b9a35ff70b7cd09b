package liquibase.ext.backfill.pages;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import liquibase.Scope;
import liquibase.configuration.ConfigurationDefinition;
import liquibase.configuration.LiquibaseConfiguration;
import org.junit.jupiter.api.Test;

/** The settings are listed on two pages: both have all of them, with the defaults that they have. */
class SettingsTest {
    private static final Page README = new Page(Path.of("README.md"));
    private static final Page COMMANDS = new Page(Page.SITE.resolve("commands.md"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (?:`([^`]+)`|none|by time) \\| .*$");

    @Test
    void every_setting_is_listed_with_its_default_and_no_other() {
        Map<String, Optional<Object>> settings =
                Scope.getCurrentScope()
                        .getSingleton(LiquibaseConfiguration.class)
                        .getRegisteredDefinitions(true)
                        .stream()
                        .filter(setting -> setting.getKey().startsWith("liquibase.backfill."))
                        .collect(toMap(
                                setting -> setting.getKey().replace("liquibase.backfill.", ""),
                                setting ->
                                        Optional.ofNullable(((ConfigurationDefinition<?>) setting).getDefaultValue())));

        assertThat(rows(README).stream()
                        .collect(toMap(row -> row.group(1), row -> Optional.<Object>ofNullable(row.group(2)))))
                .isEqualTo(settings);
    }

    @Test
    void both_pages_say_the_same_of_each() {
        assertThat(texts(COMMANDS)).isEqualTo(texts(README));
    }

    /** Links differ: one page is in a folder of the other. */
    private static List<String> texts(Page page) {
        return rows(page).stream()
                .map(row -> row.group().replace(Page.SITE + "/", ""))
                .toList();
    }

    private static List<MatchResult> rows(Page page) {
        String table = page.text().split("\\| `liquibase\\.backfill\\.…` \\|")[1];
        return ROW.matcher(table.split("\n\n")[0]).results().toList();
    }
}
