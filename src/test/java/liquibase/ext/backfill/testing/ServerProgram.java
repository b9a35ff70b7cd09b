package liquibase.ext.backfill.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MySQL or MariaDB as a program: where it comes from and how it is called. */
interface ServerProgram {
    TestDatabase product();

    /** Unpacks the program into an empty folder. */
    void unpack(Path base) throws Exception;

    /** Refuses, with the mend, when the machine lacks what the unpacked program needs. */
    default void checkMachine(Path base) throws Exception {}

    /** The command which fills an empty data folder with the system tables. */
    List<String> initialisation(Path base, Path data);

    Path executable(Path base);

    /** The driver's options for connections to this server, with their question mark. */
    String urlOptions();

    /** What only one of the two products knows or needs. */
    List<String> ownSettings();

    /** The command which runs the server. The data is thrown away afterwards, so nothing waits for the disk. */
    default List<String> command(Path base, Path data, int port) {
        List<String> command = new ArrayList<>(List.of(
                executable(base).toString(),
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
                "--innodb-buffer-pool-size=64M"));
        command.addAll(ownSettings());
        command.addAll(asRoot());
        return command;
    }

    /** Both refuse to run as root unless told to, and warn when told so without being root. */
    static List<String> asRoot() {
        return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
    }
}
