package liquibase.ext.backfill.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What starts a class of the tests in a JVM of its own, by the Java and with the class path of this one. */
public final class JavaCommand {
    private JavaCommand() {}

    public static List<String> of(Class<?> main, List<String> jvmArguments, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Surefire and Failsafe may start this JVM with a jar that only refers to the class path. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace('\n', File.pathSeparatorChar);
    }
}
