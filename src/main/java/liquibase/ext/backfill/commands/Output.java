package liquibase.ext.backfill.commands;

import java.io.IOException;
import java.nio.charset.Charset;
import liquibase.GlobalConfiguration;
import liquibase.command.CommandResultsBuilder;

/** Where reports go: to whoever called the command, which on the command line is standard output or a file. */
final class Output {
    static final String NO_BACKFILL = "The changelog has no backfill.\n";

    private Output() {}

    /** In the encoding that Liquibase writes its own output in. Liquibase 4.29 has no method for it. */
    static void write(CommandResultsBuilder results, String text) throws IOException {
        Charset encoding = Charset.forName(GlobalConfiguration.OUTPUT_FILE_ENCODING.getCurrentValue());
        results.getOutputStream().write(text.getBytes(encoding));
        results.getOutputStream().flush();
    }
}
