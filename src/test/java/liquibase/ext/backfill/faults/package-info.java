/**
 * What is done to backfills while they run: servers and processes are killed, networks cut, disks filled, writers let
 * loose. {@code mvn -Pfaults} runs these tests and no others; each one enters what it found into
 * {@link liquibase.ext.backfill.faults.FaultLog}.
 */
package liquibase.ext.backfill.faults;
