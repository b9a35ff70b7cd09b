package liquibase.ext.backfill.engine;

/** Another runner took a backfill over: this one must not write any more. */
final class ClaimLostException extends RuntimeException {
    ClaimLostException(Claim claim) {
        super("another runner took backfill %s over from %s".formatted(claim.name(), claim.owner()));
    }
}
