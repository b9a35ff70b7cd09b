package liquibase.ext.backfill.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Names the runner that claims a backfill. */
final class RunnerName {
    /** A checkpoint's owner has 255 characters, a host's name may have almost as many. */
    private static final int HOST_LENGTH = 150;

    private RunnerName() {}

    /** Somebody an operator can find: the host, the process, and what tells two runs in it apart. */
    static String create() {
        return ("%." + HOST_LENGTH + "s:%d:%s")
                .formatted(host(), ProcessHandle.current().pid(), UUID.randomUUID());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
