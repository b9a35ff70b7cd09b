package liquibase.ext.backfill.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** A real connection that tells a test before and after each thing it sends to the database. */
public final class Hooked {
    private static final Set<String> TRANSACTIONAL = Set.of("commit", "rollback", "setAutoCommit");

    private final Connection real;
    private final Hook hook;

    private Hooked(Connection real, Hook hook) {
        this.real = real;
        this.hook = hook;
    }

    /** Told with the text of a statement, or with the name of {@code commit} and its like. May throw. */
    public interface Hook {
        default void before(String sent) throws SQLException {}

        default void after(String sent) throws SQLException {}

        default void refused(String sent, SQLException answer) {}
    }

    public static Connection connection(Connection real, Hook hook) {
        var hooked = new Hooked(real, hook);
        return proxy(Connection.class, hooked::onConnection);
    }

    private Object onConnection(Object proxy, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (TRANSACTIONAL.contains(name)) {
            return sent(name, () -> call(method, real, arguments));
        }
        Object answer = call(method, real, arguments);
        if (name.equals("createStatement")) {
            return statement(Statement.class, (Statement) answer, null);
        }
        return name.equals("prepareStatement")
                ? statement(PreparedStatement.class, (PreparedStatement) answer, (String) arguments[0])
                : answer;
    }

    private <S extends Statement> S statement(Class<S> type, S statement, String prepared) {
        return proxy(type, (proxy, method, arguments) -> {
            if (!method.getName().startsWith("execute")) {
                return call(method, statement, arguments);
            }
            String sql = prepared == null ? (String) arguments[0] : prepared;
            return sent(sql, () -> call(method, statement, arguments));
        });
    }

    private interface Call {
        Object made() throws Throwable;
    }

    private Object sent(String what, Call call) throws Throwable {
        hook.before(what);
        Object answer;
        try {
            answer = call.made();
        } catch (SQLException e) {
            hook.refused(what, e);
            throw e;
        }
        hook.after(what);
        return answer;
    }

    private static Object call(java.lang.reflect.Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Hooked.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
