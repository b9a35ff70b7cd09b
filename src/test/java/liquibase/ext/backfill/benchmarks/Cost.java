package liquibase.ext.backfill.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a piece of work cost.
 *
 * @param wall seconds from its begin to its end
 * @param processor seconds that the database computed, on all processors together
 * @param allocated megabytes of Java objects that the calling thread made, most of which are garbage at once
 */
record Cost(double wall, double processor, double allocated) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Any work. */
    interface Work {
        void run() throws Exception;
    }

    static Cost of(Work work, ProcessorTime database) throws Exception {
        double processorBefore = database.seconds();
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long startedAt = System.nanoTime();
        work.run();
        double wall = (System.nanoTime() - startedAt) / 1e9;
        double allocated = (THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore) / 1e6;
        return new Cost(wall, database.seconds() - processorBefore, allocated);
    }
}
