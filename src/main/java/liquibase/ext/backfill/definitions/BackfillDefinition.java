package liquibase.ext.backfill.definitions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One backfill: the rows that a source table owes to a target table.
 *
 * @param name unique among all backfills of a database; the checkpoint is kept under it, at most 255 characters
 * @param source where the rows and their values come from
 * @param target what is owed
 * @param coverage whether every source row is owed a target row
 */
public record BackfillDefinition(String name, Source source, Target target, Coverage coverage) {
    private static final int MAX_NAME = 255;

    /** @throws IllegalArgumentException if the parts do not fit each other; the message names the backfill */
    public BackfillDefinition {
        Names.require(name, "a backfill");
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException("the name of backfill %s… has %d characters; %d is the limit"
                    .formatted(name.substring(0, 40), name.length(), MAX_NAME));
        }
        Objects.requireNonNull(source, "backfill " + name + " has no source");
        Objects.requireNonNull(target, "backfill " + name + " has no target");
        Objects.requireNonNull(coverage, "backfill " + name + " does not say whether it is total or partial");
        requireKnownTables(name, source, target);
        requireDistinctColumns(name, target);
    }

    /** Whether every source row is owed a target row, so that parity is judged by it. */
    public boolean isTotal() {
        return coverage == Coverage.TOTAL;
    }

    /** The names of several, with commas between. */
    public static String names(List<BackfillDefinition> definitions) {
        return definitions.stream().map(BackfillDefinition::name).collect(Collectors.joining(", "));
    }

    /**
     * A digest of what is backfilled, for noticing that a definition changed under a checkpoint. It is made of the
     * definition's data and not of SQL text, so that a new version of this library does not start finished work again.
     */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((source + "\n" + target + "\n" + coverage).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform is required to have SHA-256", e);
        }
    }

    private static void requireKnownTables(String name, Source source, Target target) {
        var known = Stream.concat(
                        Stream.of(source.table()), source.joins().stream().map(Source.Join::table))
                .toList();
        if (known.stream().distinct().count() != known.size()) {
            throw new IllegalArgumentException("backfill %s names a table twice: %s".formatted(name, known));
        }
        target.columns().stream()
                .flatMap(column -> column.firstOf().stream())
                .flatMap(value -> value.reads().stream())
                .map(Value.Column::table)
                .filter(table -> !known.contains(table))
                .findFirst()
                .ifPresent(table -> {
                    throw new IllegalArgumentException(
                            "backfill %s reads a value from table %s, which is neither its source nor joined: %s"
                                    .formatted(name, table, known));
                });
    }

    private static void requireDistinctColumns(String name, Target target) {
        var columns = Stream.concat(
                        target.identityColumns().stream(),
                        target.columns().stream().map(Target.Computed::column))
                .toList();
        if (columns.stream().distinct().count() != columns.size()) {
            throw new IllegalArgumentException(
                    "backfill %s fills a column of %s twice: %s".formatted(name, target.table(), columns));
        }
    }
}
