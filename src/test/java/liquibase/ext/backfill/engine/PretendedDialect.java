package liquibase.ext.backfill.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;

/** SQLite that says of itself what other databases say: what the engine makes of it needs no server. */
final class PretendedDialect {
    private static final Dialect SQLITE = Dialects.of("SQLite", "3");

    private final Map<String, Object> answers = new HashMap<>();

    /** Answers a question of the dialect otherwise than SQLite does. */
    PretendedDialect saying(String question, Object answer) {
        answers.put(question, answer);
        return this;
    }

    Dialect dialect() {
        return (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, arguments) -> {
                    if (answers.containsKey(method.getName())) {
                        return answers.get(method.getName());
                    }
                    if (method.getName().equals("classify") && pretended((SQLException) arguments[0])) {
                        return Failure.valueOf(((SQLException) arguments[0]).getSQLState());
                    }
                    try {
                        return method.invoke(SQLITE, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** An error that a database would give for a failure of this kind. */
    static SQLException error(Failure failure) {
        return new SQLException("pretended " + failure, failure.name());
    }

    private static boolean pretended(SQLException error) {
        return Arrays.stream(Failure.values()).map(Failure::name).anyMatch(name -> name.equals(error.getSQLState()));
    }
}
