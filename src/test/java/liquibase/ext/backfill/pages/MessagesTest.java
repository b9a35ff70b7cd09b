package liquibase.ext.backfill.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.Liquibase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody finds a message on the page of errors that is worded otherwise than it is said. */
class MessagesTest {
    private static final Page PAGE = new Page(Page.SITE.resolve("troubleshooting.md"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*?) \\| ");
    private static final Pattern MESSAGE = Pattern.compile("`([^`]+)`");
    private static final Pattern LITERAL = Pattern.compile("(?s)\"\"\".*?\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    /** Java's own words for two mistakes of Liquibase's, as they were seen. */
    private static final List<String> OF_JAVA =
            List.of("\"this.customChange\" is null", "String cannot be cast to class java.util.Date");

    private static String said;

    static Stream<String> messages() {
        return ROW.matcher(PAGE.text())
                .results()
                .flatMap(row -> MESSAGE.matcher(row.group(1)).results())
                .map(message -> message.group(1));
    }

    @BeforeAll
    static void listen() throws Exception {
        said = ofOurs() + ofLiquibase() + String.join("\n", OF_JAVA);
    }

    @Test
    void the_page_has_messages() {
        assertThat(messages()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_part_of_a_message_is_said(String message) {
        List<String> parts = Stream.of(message.split("…"))
                .map(String::strip)
                .filter(part -> part.matches(".*\\w{2}.*"))
                .toList();

        assertThat(parts).isNotEmpty();
        assertThat(parts).filteredOn(part -> !said.contains(part)).isEmpty();
    }

    /** The texts in our sources, with … for what is put into them. */
    private static String ofOurs() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> new Page(file).text().replaceAll("\"\\s*\\+\\s*\"", ""))
                    .flatMap(source -> LITERAL.matcher(source).results())
                    .map(literal -> literal.group().replaceAll("%[\\d$,.]*[sdf]", "…"))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Whatever stands in Liquibase's classes and its texts. */
    private static String ofLiquibase() throws Exception {
        var jar = Path.of(Liquibase.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var texts = new StringBuilder();
        try (var file = new JarFile(jar.toFile())) {
            for (var entry : file.stream()
                    .filter(entry -> entry.getName().matches(".*\\.(class|properties)"))
                    .toList()) {
                texts.append(new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return texts.toString();
    }
}
