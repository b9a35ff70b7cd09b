package liquibase.ext.backfill.spring;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Called by Spring Boot when an application starts, before any of its beans is made, {@code SpringLiquibase} among them. */
public final class SpringSettingsInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        SpringSettings.readFrom(context.getEnvironment()::getProperty);
    }
}
