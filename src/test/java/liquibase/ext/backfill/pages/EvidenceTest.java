package liquibase.ext.backfill.pages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A page that names a test as the proof of what it says names one that is there. */
class EvidenceTest {
    private static final Pattern TEST =
            Pattern.compile("`(\\w+(?:Contract|Properties|Test|(?<=[a-z0-9])IT))(?:\\.([a-z]\\w+))?`");
    private static final Map<String, String> SOURCES = sources();

    static Stream<Page> pages() {
        return PagesTest.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_test_that_a_page_names_is_there(Page page) {
        assertThat(TEST.matcher(page.text()).results().filter(named -> !isThere(named)))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    private static boolean isThere(MatchResult named) {
        String source = SOURCES.getOrDefault(named.group(1), "");
        return named.group(2) == null ? !source.isEmpty() : source.contains("void " + named.group(2) + "(");
    }

    /** By the classes' simple names: two contracts of one name count as one. */
    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(groupingBy(
                            file -> file.getFileName().toString().replace(".java", ""),
                            mapping(EvidenceTest::read, joining())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
