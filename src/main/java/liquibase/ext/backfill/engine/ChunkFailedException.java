package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import liquibase.ext.backfill.dialects.Failure;

/** A chunk could not be written. Earlier failures of it are suppressed exceptions of the last one. */
final class ChunkFailedException extends RuntimeException {
    ChunkFailedException(Chunk chunk, Failure failure, int attempts, SQLException last) {
        super(
                "keys %s met %s at attempt %d: %s"
                        .formatted(chunk.range(), failure.description(), attempts, last.getMessage()),
                last);
    }
}
