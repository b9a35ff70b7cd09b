package liquibase.ext.backfill.testing;

import java.util.Locale;

/** This machine lacks something that a server needs. The message says what, and how to get it. */
final class MissingServerException extends Exception {
    MissingServerException(String message) {
        super(message);
    }

    /** The servers in the registry are built for one platform. */
    static void requireLinux(TestDatabase product) throws MissingServerException {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equals("Linux amd64")) {
            throw new MissingServerException(product + ": the tests bring this server for Linux amd64 only and this is "
                    + platform + ". " + runningServer(product));
        }
    }

    static MissingServerException notOnClassPath(TestDatabase product, String file) {
        return new MissingServerException(
                product + ": " + file + " is not on the class path. Maven's failsafe plugin puts it"
                        + " there, so run `mvn verify -Dit.test=...`. " + runningServer(product));
    }

    static String runningServer(TestDatabase product) {
        String name = product.name().toLowerCase(Locale.ROOT);
        return "Or name a running server: -Dbackfill.test." + name + ".url=jdbc:" + name + "://127.0.0.1/?user=...";
    }
}
