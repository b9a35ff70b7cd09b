package liquibase.ext.backfill.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Unpacks with the machine's own tar, which keeps links and permissions. */
final class Tar {
    private Tar() {}

    static void unpack(InputStream archive, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = tar.getOutputStream()) {
            archive.transferTo(input);
        }
        if (tar.waitFor() != 0) {
            throw new IOException(
                    "tar could not unpack a server into " + folder + "; its message is above. Is the disk full?");
        }
    }
}
