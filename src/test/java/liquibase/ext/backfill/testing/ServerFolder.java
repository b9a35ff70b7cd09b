package liquibase.ext.backfill.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders under target/servers. Unpacked programs stay there for the next run, until {@code mvn clean}. */
final class ServerFolder {
    // Surefire and Failsafe set basedir; an IDE starts tests in the project's folder.
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "."), "target", "servers").toAbsolutePath().normalize();

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
        try (FileChannel channel = FileChannel.open(
                make("locks").resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // released with the channel
            if (!Files.exists(done)) {
                Path partial = ROOT.resolve(name + ".partial");
                delete(partial);
                filling.fill(Files.createDirectory(partial));
                Files.move(partial, done);
            }
        }
        return done;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
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
