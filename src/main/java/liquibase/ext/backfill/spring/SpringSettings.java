package liquibase.ext.backfill.spring;

import java.util.Locale;
import liquibase.configuration.AbstractConfigurationValueProvider;
import liquibase.configuration.ProvidedValue;
import org.jspecify.annotations.Nullable;

/**
 * Lets Liquibase find {@code liquibase.backfill.*} among the properties of a Spring application. Loaded by Liquibase
 * wherever this library is; without Spring it finds nothing.
 *
 * <p>The environment is kept per class loader, like Liquibase's own configuration: that of the application which started
 * last.
 */
public final class SpringSettings extends AbstractConfigurationValueProvider {
    private static final String PREFIX = "liquibase.backfill.";
    private static volatile Properties environment = key -> null;

    /** Where a property is looked up. */
    interface Properties {
        @Nullable
        String get(String key);
    }

    static void readFrom(Properties properties) {
        environment = properties;
    }

    /**
     * Above Liquibase's own look at the process environment (150) and at system properties (200), which are part of
     * Spring's: so Spring's order among them holds. Below what a caller puts into Liquibase's scope (400).
     */
    @Override
    public int getPrecedence() {
        return 300;
    }

    @Override
    public @Nullable ProvidedValue getProvidedValue(String... keyAndAliases) {
        for (String key : keyAndAliases) {
            if (key != null && key.startsWith(PREFIX)) {
                String value = valueOf(key);
                if (value != null) {
                    return new ProvidedValue(keyAndAliases[0], key, value, "Spring property", this);
                }
            }
        }
        return null;
    }

    /** Asked for in lower case with dashes, Spring Boot finds a property in whatever form it was written. */
    private static @Nullable String valueOf(String key) {
        String value = environment.get(dashed(key));
        return value == null ? environment.get(key) : value;
    }

    private static String dashed(String key) {
        return key.replaceAll("(?=\\p{Upper})", "-").toLowerCase(Locale.ROOT);
    }
}
