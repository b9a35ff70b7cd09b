package liquibase.ext.backfill.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Documents of 2 to 4 KB as a pipeline editor writes them: half words, half digests, so that they compress like real ones. */
final class TaskSpecs {
    private static final int COUNT = 16;
    private static final int SMALLEST = 2_000;
    private static final int LARGEST = 4_000;
    private static final String[] WORDS =
            ("the path of trained model data table epochs rate batch column label image size seed metric threshold to read"
                            + " write for each step with default optional and version bucket region")
                    .split(" ");

    private TaskSpecs() {}

    /** In each, {@code @run@} stands for what is a run's own. The last one has no name. */
    static List<String> templates() {
        var random = new Random(8);
        List<String> templates = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int size = SMALLEST + (LARGEST - SMALLEST) * i / COUNT;
            templates.add(
                    template(random, size, i == COUNT - 1 ? "" : "\"name\": \"Train model %d @run@\", ".formatted(i)));
        }
        return templates;
    }

    private static String template(Random random, int size, String name) {
        var inputs = new StringJoiner(", ");
        while (inputs.length() < size - 450) {
            inputs.add("{\"name\": \"%s_%s\", \"type\": \"String\", \"description\": \"%s\", \"default\": \"%s\"}"
                    .formatted(word(random), word(random), sentence(random), digest(random, 40)));
        }
        return """
                {"componentRef": {"digest": "%s", "spec": {%s"description": "%s", "inputs": [%s], \
                "implementation": {"container": {"image": "registry.example/train@sha256:%s", "command": ["python3", "-m", \
                "train"]}}}}, "arguments": {"run": "@run@"}}""".formatted(digest(random, 64), name, sentence(random), inputs, digest(random, 64));
    }

    private static String sentence(Random random) {
        var sentence = new StringJoiner(" ");
        for (int i = 0; i < 8; i++) {
            sentence.add(word(random));
        }
        return sentence.toString();
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static String digest(Random random, int length) {
        var digest = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digest.append(Character.forDigit(random.nextInt(16), 16));
        }
        return digest.toString();
    }
}
