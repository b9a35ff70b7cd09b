package liquibase.ext.backfill.properties;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A JSON document that knows what it says, so that nobody has to parse what it is written as. */
sealed interface Json {
    /** As it is stored. */
    String text();

    /** The string at a path of keys; empty if there is none. */
    default Optional<String> stringAt(List<String> path) {
        return Optional.empty();
    }

    /** Anything that is neither a string nor has members, as it is written. */
    record Literal(String text) implements Json {}

    record Text(List<Sign> signs) implements Json {
        @Override
        public String text() {
            return signs.stream().map(Sign::text).collect(Collectors.joining("", "\"", "\""));
        }

        @Override
        public Optional<String> stringAt(List<String> path) {
            return path.isEmpty() ? Optional.of(value()) : Optional.empty();
        }

        /** Two halves of a surrogate pair that happen to meet are a pair. */
        String value() {
            StringBuilder value = new StringBuilder();
            signs.forEach(sign -> value.append(sign.chars()));
            return value.toString();
        }
    }

    record Array(List<Json> elements) implements Json {
        @Override
        public String text() {
            return elements.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** Without a key twice: what that says differs between the databases. */
    record Obj(List<Member> members, String space) implements Json {
        @Override
        public String text() {
            return members.stream()
                    .map(member -> "%1$s\"%2$s\"%1$s:%1$s%3$s%1$s"
                            .formatted(space, member.key(), member.value().text()))
                    .collect(Collectors.joining(",", space + "{", space + "}"));
        }

        @Override
        public Optional<String> stringAt(List<String> path) {
            return path.isEmpty()
                    ? Optional.empty()
                    : members.stream()
                            .filter(member -> member.key().equals(path.get(0)))
                            .findFirst()
                            .flatMap(member -> member.value().stringAt(path.subList(1, path.size())));
        }
    }

    /**
     * A member of an object.
     *
     * @param key one that needs no escape
     */
    record Member(String key, Json value) {}

    /** A code point of a string. */
    record Sign(int codePoint, boolean escaped) {
        String chars() {
            return Character.toString(codePoint);
        }

        String text() {
            boolean loneSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            if (escaped || codePoint < 0x20 || loneSurrogate) {
                return chars().chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
            }
            return codePoint == '"' || codePoint == '\\' ? "\\" + chars() : chars();
        }
    }
}
