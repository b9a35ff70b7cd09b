package liquibase.ext.backfill.startup;

import java.lang.reflect.Field;
import java.util.stream.Stream;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.configuration.ConfigurationDefinition;
import liquibase.configuration.LiquibaseConfiguration;
import liquibase.ext.backfill.BackfillConfiguration;
import liquibase.util.LiquibaseUtil;

/** The key of a setting: the one spelling under which Liquibase finds a value that stands in its scope. */
final class SettingKey {
    private SettingKey() {}

    /** @throws IllegalArgumentException if there is no such setting: a value under another name would count for nothing */
    static String of(String name) {
        if (name.startsWith("liquibase.command.")) { // arguments of commands, of which nobody keeps a list
            return name;
        }
        return name.startsWith("liquibase.") && !name.startsWith("liquibase.backfill")
                ? ofLiquibase(name)
                : BackfillConfiguration.key(name);
    }

    private static String ofLiquibase(String name) {
        String plain = name.replace("-", "");
        return Stream.concat(registered(), global())
                .filter(definition -> keys(definition).anyMatch(plain::equalsIgnoreCase))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is no setting of Liquibase %s: look for its name among Liquibase's global parameters"
                                .formatted(name, LiquibaseUtil.getBuildVersion())))
                .getKey();
    }

    private static Stream<ConfigurationDefinition<?>> registered() {
        return Scope.getCurrentScope()
                .getSingleton(LiquibaseConfiguration.class)
                .getRegisteredDefinitions(true)
                .stream();
    }

    /**
     * Liquibase's own. In 4.29 they are registered where Liquibase is used first: a thread with a root scope of its own finds none.
     */
    private static Stream<ConfigurationDefinition<?>> global() {
        return Stream.of(GlobalConfiguration.class.getFields())
                .filter(field -> ConfigurationDefinition.class.isAssignableFrom(field.getType()))
                .map(SettingKey::definition);
    }

    private static ConfigurationDefinition<?> definition(Field constant) {
        try {
            return (ConfigurationDefinition<?>) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant cannot be read: " + constant, e);
        }
    }

    private static Stream<String> keys(ConfigurationDefinition<?> definition) {
        return Stream.concat(Stream.of(definition.getKey()), definition.getAliasKeys().stream());
    }
}
