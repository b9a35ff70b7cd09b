package liquibase.ext.backfill.spring;

import java.util.Set;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.StartupReport;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/**
 * Tells Spring Boot that a bean which starts by {@code ServiceStartup} makes the tables: what reads the database waits for it,
 * {@code JdbcTemplate} and JPA among it, as it waits for {@code SpringLiquibase}.
 */
public final class StartupDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {
    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(BackgroundBackfills.class, StartupReport.class);
    }
}
