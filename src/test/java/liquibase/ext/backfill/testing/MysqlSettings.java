package liquibase.ext.backfill.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What MySQL and MariaDB are told alike. */
final class MysqlSettings {
    private MysqlSettings() {}

    static List<String> command(Path executable, Path base, Path data, int port, String own) {
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=server.sock", // relative to the data folder: the path of a socket has at most 107 bytes
                "--pid-file=server.pid",
                "--character-set-server=utf8mb4",
                "--max-connections=200",
                "--skip-log-bin",
                "--sync-binlog=0",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=0",
                "--innodb-buffer-pool-size=64M",
                own));
        command.addAll(asRoot());
        return command;
    }

    /** Small enough for a server that may not write large files: MariaDB's log has 96 MB otherwise. */
    static List<String> durability() {
        return List.of("--innodb-flush-log-at-trx-commit=1", "--innodb-log-file-size=8M");
    }

    /** Both refuse to run as root unless told to, and warn when told so without being root. */
    static List<String> asRoot() {
        return ServerProgram.isRoot() ? List.of("--user=root") : List.of();
    }
}
