package liquibase.ext.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class JsonTest {
    @Test
    void values_are_written_in_their_order_on_one_line() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("z", 1L);
        report.put("a", Arrays.asList(true, null, -1.25));
        report.put("text", "x");

        assertThat(Json.of(report)).isEqualTo("{\"z\":1,\"a\":[true,null,-1.3],\"text\":\"x\"}");
    }

    @Test
    void every_character_comes_back_as_it_went_in() {
        String all = IntStream.rangeClosed(0, 0x2100)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                + "😀\"\\\n";

        String read = new Yaml()
                .loadAs(Json.of(List.of(escapedBeyondYaml(all))), List.class)
                .get(0)
                .toString();

        assertThat(read).isEqualTo(escapedBeyondYaml(all));
    }

    /** YAML, which reads the JSON here, takes these raw for line breaks or refuses them; JSON does not mind them. */
    private static String escapedBeyondYaml(String text) {
        return text.replaceAll("[\\x7f-\\x9f\\u2028\\u2029]", "");
    }

    @Test
    void what_would_break_a_line_or_a_text_is_escaped() {
        assertThat(Json.of("\"\\\n\r\t\u0000\u001f/")).isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001f/\"");
    }

    @Test
    void half_a_surrogate_pair_is_escaped_and_a_whole_one_is_not() {
        assertThat(Json.of("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(Json.of("😀")).isEqualTo("\"😀\"");
    }

    @Test
    void what_json_does_not_have_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.of(Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(Thread.currentThread()));
    }
}
