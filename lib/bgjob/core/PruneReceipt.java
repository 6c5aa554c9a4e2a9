package bgjob.core;

import bgjob.job.JobId;
import bgjob.job.JobState;
import java.util.List;

/**
 * What removing records did, or would do.
 *
 * @param removed the jobs removed, in the order of removal
 * @param leftovers files that belonged to no job and are removed
 * @param bytes the length of all files removed
 * @param active how many stay because they have not ended
 * @param paused how many stay because they paused themselves and may go on
 * @param unknown how many stay because bgjob cannot tell whether they have ended
 * @param failures what could not be removed, and why: a sentence each
 */
public record PruneReceipt(List<Removed> removed, List<String> leftovers, long bytes, int active, int paused, int unknown, List<String> failures) {
    /** Takes copies: what was answered never changes. */
    public PruneReceipt {
        removed = List.copyOf(removed);
        leftovers = List.copyOf(leftovers);
        failures = List.copyOf(failures);
    }

    /**
     * A job that is no more.
     *
     * @param id its id
     * @param state how it had ended
     * @param finished when, milliseconds since 1970 UTC, or null
     * @param bytes the length of its files
     */
    public record Removed(JobId id, JobState state, Long finished, long bytes) {
    }
}
