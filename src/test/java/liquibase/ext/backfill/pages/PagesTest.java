package liquibase.ext.backfill.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liquibase.ext.backfill.pages.Page.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation holds together, read on a forge or as the built site. */
class PagesTest {
    private static final Path MENU = Path.of("src/site/site.xml");
    private static final Pattern ITEM = Pattern.compile("<item [^>]*href=\"([^\"/]+)\\.html\"");

    private static final Pattern VERSION =
            Pattern.compile("liquibase-backfill(?:-|</artifactId>\\s+<version>)(\\d[.\\d]+(?:-SNAPSHOT)?)");

    private static final Pattern MEASURED =
            Pattern.compile("(?m)^\\| .*? ((?:\\| [^|]*\\d[^|]*){3}\\| [^|]*)\\| \\[.*]\\((.*)\\) \\|$");
    private static final Pattern NUMBER = Pattern.compile("[\\d.]+");

    static Stream<Page> pages() {
        return Stream.concat(
                Stream.of("README.md", "CHANGELOG.md").map(Path::of).map(Page::new), Page.ofTheSite().stream());
    }

    @Test
    void the_menu_of_the_site_has_every_page_once_and_no_other() throws IOException {
        List<String> menu = ITEM.matcher(Files.readString(MENU))
                .results()
                .map(item -> item.group(1) + ".md")
                .toList();

        assertThat(menu)
                .containsExactlyInAnyOrderElementsOf(
                        Page.ofTheSite().stream().map(Page::name).toList());
    }

    @Test
    void the_overview_lists_the_other_pages_in_the_order_of_the_menu() throws IOException {
        List<String> menu = ITEM.matcher(Files.readString(MENU))
                .results()
                .map(item -> item.group(1) + ".md")
                .toList();

        assertThat(new Page(Page.SITE.resolve("index.md")).links())
                .extracting(Link::target)
                .containsExactlyElementsOf(menu.subList(1, menu.size()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_to_something(Page page) {
        assertThat(page.links()).allSatisfy(link -> {
            assertThat(link.file()).exists();
            assertThat(link.anchorIsThere())
                    .as("%s: %s has no <a id=…></a> of that name", page, link.target())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_version_of_the_jar_is_the_one_that_is_built(Page page) throws IOException {
        MatchResult built = VERSION.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow();

        assertThat(VERSION.matcher(page.text()).results())
                .extracting(named -> named.group(1))
                .allMatch(built.group(1)::equals);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_of_the_site_links_to_nothing_that_the_site_lacks(Page page) {
        assertThat(page.links()).filteredOn(link -> page.ofSite()).allSatisfy(link -> assertThat(link.file())
                .startsWith(Page.SITE));
    }

    @Test
    void a_number_in_the_README_is_on_the_page_that_it_is_from() {
        List<MatchResult> rows = MEASURED.matcher(new Page(Path.of("README.md")).text())
                .results()
                .toList();

        assertThat(rows).hasSizeGreaterThan(3);
        assertThat(rows)
                .allSatisfy(row -> assertThat(NUMBER.matcher(row.group(1)).results())
                        .extracting(MatchResult::group)
                        .allMatch(number -> new Page(Path.of(row.group(2)))
                                .text()
                                .matches("(?s).*(?<![\\d.,])" + Pattern.quote(number) + "(?![\\d.,]*\\d).*")));
    }
}
