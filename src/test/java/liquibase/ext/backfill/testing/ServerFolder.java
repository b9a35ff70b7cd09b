package liquibase.ext.backfill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders under target/servers. Unpacked programs stay there for the next run, until {@code mvn clean}. */
final class ServerFolder {
    // Surefire and Failsafe set basedir; an IDE starts tests in the project's folder.
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "target", "servers")
            .toAbsolutePath()
            .normalize();

    private ServerFolder() {}

    @FunctionalInterface
    interface Filling {
        void fill(Path folder) throws Exception;
    }

    static Path make(String name) throws IOException {
        return Files.createDirectories(ROOT.resolve(name));
    }

    /** Fills a folder once; other JVMs wait meanwhile, and a filling that was cut short is begun again. */
    static Path makeOnce(String name, Filling filling) throws Exception {
        Path done = ROOT.resolve(name);
        try (ProcessLock lock = ProcessLock.take(ROOT.resolve("locks").resolve(name))) {
            if (!Files.exists(done)) {
                Path partial = ROOT.resolve(name + ".partial");
                delete(partial);
                filling.fill(Files.createDirectory(partial));
                Files.move(partial, done);
            }
        }
        return done;
    }

    /** An empty folder of this process. Those of processes that were killed are deleted on the way. */
    static Path makeForThisJvm(String name) throws IOException {
        long self = ProcessHandle.current().pid();
        Path all = make("data/" + name);
        // Two JVMs that begin together would delete under each other's feet.
        try (ProcessLock lock = ProcessLock.take(ROOT.resolve("locks").resolve("data-" + name));
                Stream<Path> folders = Files.list(all)) {
            for (Path folder : folders.toList()) {
                long owner = Long.parseLong(folder.getFileName().toString());
                if (owner == self || ProcessHandle.of(owner).isEmpty()) {
                    delete(folder);
                }
            }
        }
        // PostgreSQL insists that nobody else can read its data.
        return Files.createDirectory(
                all.resolve(Long.toString(self)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Copies what is in one folder into another, which is empty. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.equals(from)) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> children = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : children) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
