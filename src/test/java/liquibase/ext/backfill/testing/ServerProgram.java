package liquibase.ext.backfill.testing;

import java.nio.file.Path;
import java.util.List;

/** A database server as a program: where it comes from and how it is called. */
interface ServerProgram {
    TestDatabase product();

    /** Unpacks the program into an empty folder. */
    void unpack(Path base) throws Exception;

    /** Refuses, with the mend, when the machine lacks what the unpacked program needs. */
    default void checkMachine(Path base) throws Exception {}

    /** The command which fills an empty data folder with the system tables. */
    List<String> initialisation(Path base, Path data);

    /** The command which runs the server. The data is thrown away afterwards, so nothing has to wait for the disk. */
    List<String> command(Path base, Path data, int port);

    ServerAddress address(int port);

    /** Added to the command, it makes the server keep what it has acknowledged when it is killed. */
    List<String> durability();

    /** The quickest end that leaves nothing behind but the data. */
    default String stopSignal() {
        return "KILL";
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
