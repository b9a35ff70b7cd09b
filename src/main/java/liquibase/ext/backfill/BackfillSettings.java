package liquibase.ext.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.configuration.ConfigurationDefinition;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.engine.WhenBusy;

/**
 * The meaning of {@link BackfillConfiguration}.
 *
 * @param mode whether backfills run
 * @param onFailure what a failing backfill does to the update
 * @param timeBox how long after the changelog lock was granted backfills stop; empty for never
 * @param options for the engine, without the deadline that the time box gives
 */
record BackfillSettings(Mode mode, OnFailure onFailure, Optional<Duration> timeBox, BackfillOptions options) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    /** @throws IllegalArgumentException for a value that is not understood or unsafe; the message names the setting */
    static BackfillSettings current() {
        BackfillOptions.Builder options = BackfillOptions.builder()
                .isolation(choice(BackfillConfiguration.ISOLATION, Isolation.class))
                .targetChunkTime(duration(BackfillConfiguration.TARGET_CHUNK_TIME))
                .pause(duration(BackfillConfiguration.PAUSE))
                .timeouts(
                        duration(BackfillConfiguration.LOCK_TIMEOUT), duration(BackfillConfiguration.STATEMENT_TIMEOUT))
                .attempts(number(BackfillConfiguration.ATTEMPTS))
                .lease(duration(BackfillConfiguration.LEASE));
        if (isSet(BackfillConfiguration.CHUNK_SIZE)) {
            options.chunkRows(number(BackfillConfiguration.CHUNK_SIZE));
        }
        if (isSet(BackfillConfiguration.THROTTLE_QUERY)) {
            options.throttleQuery(text(BackfillConfiguration.THROTTLE_QUERY));
        }
        return new BackfillSettings(
                choice(BackfillConfiguration.MODE, Mode.class),
                choice(BackfillConfiguration.ON_FAILURE, OnFailure.class),
                isSet(BackfillConfiguration.TIME_BOX)
                        ? Optional.of(duration(BackfillConfiguration.TIME_BOX))
                        : Optional.empty(),
                build(options));
    }

    private static BackfillOptions build(BackfillOptions.Builder options) {
        try {
            return options.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(BackfillConfiguration.PREFIX + "." + e.getMessage(), e);
        }
    }

    /** The engine's options for a run under a changelog lock that was granted at a moment. */
    BackfillOptions optionsSince(Instant lockGranted) {
        return timeBox.map(duration -> options.until(lockGranted.plus(duration)))
                .orElse(options);
    }

    /** The same with another way to meet a runner that is at work. */
    BackfillSettings when(WhenBusy busy) {
        return new BackfillSettings(mode, onFailure, timeBox, options.when(busy));
    }

    /** The same with another time box. */
    BackfillSettings within(Duration duration) {
        return new BackfillSettings(mode, onFailure, Optional.of(duration), options);
    }

    static Mode currentMode() {
        return choice(BackfillConfiguration.MODE, Mode.class);
    }

    private static boolean isSet(ConfigurationDefinition<String> setting) {
        String value = setting.getCurrentValue();
        return value != null && !value.isBlank();
    }

    private static String text(ConfigurationDefinition<String> setting) {
        return setting.getCurrentValue().strip();
    }

    private static <E extends Enum<E>> E choice(ConfigurationDefinition<String> setting, Class<E> type) {
        String wanted = text(setting).toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> refused(
                        setting,
                        Arrays.stream(type.getEnumConstants())
                                .map(constant ->
                                        constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .collect(Collectors.joining(" or "))));
    }

    private static int number(ConfigurationDefinition<String> setting) {
        try {
            return Integer.parseInt(text(setting));
        } catch (NumberFormatException e) {
            throw refused(setting, "a whole number");
        }
    }

    private static Duration duration(ConfigurationDefinition<String> setting) {
        Matcher matcher = DURATION.matcher(text(setting).toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw refused(setting, "a number with its unit, such as 200ms, 5s, 4m or 1h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static IllegalArgumentException refused(ConfigurationDefinition<String> setting, String use) {
        return new IllegalArgumentException(
                "%s is \"%s\": use %s".formatted(setting.getKey(), setting.getCurrentValue(), use));
    }
}
