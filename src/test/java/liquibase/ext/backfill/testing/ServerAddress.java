package liquibase.ext.backfill.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, and as whom tests log in.
 *
 * @param prefix the url up to and including the slash before the name of the database
 * @param options driver options, with their question mark, or ""
 */
record ServerAddress(String prefix, String options, String user, String password) {
    private static final Pattern JDBC_URL = Pattern.compile("(jdbc:\\w+://[^/?]+/)[^?]*(?:\\?(.*))?");

    /** Reads a JDBC url; user and password leave its options, because tests hand them on separately. */
    static ServerAddress parse(String jdbcUrl) {
        Matcher matcher = JDBC_URL.matcher(jdbcUrl);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + jdbcUrl
                            + "' is no server's JDBC url; give one such as jdbc:mysql://127.0.0.1:3306/?user=root&password=secret");
        }
        String user = "";
        String password = "";
        List<String> options = new ArrayList<>();
        for (String option : (matcher.group(2) == null ? "" : matcher.group(2)).split("&")) {
            if (option.startsWith("user=")) {
                user = option.substring("user=".length());
            } else if (option.startsWith("password=")) {
                password = option.substring("password=".length());
            } else if (!option.isEmpty()) {
                options.add(option);
            }
        }
        return new ServerAddress(
                matcher.group(1), options.isEmpty() ? "" : "?" + String.join("&", options), user, password);
    }

    boolean isPostgresql() {
        return prefix.startsWith("jdbc:postgresql:");
    }

    /** A database that each server of the product has. */
    String administrationUrl() {
        return url(isPostgresql() ? "postgres" : "mysql");
    }

    String url(String database) {
        return prefix + database + options;
    }
}
