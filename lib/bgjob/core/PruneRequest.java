package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.JobId;
import bgjob.job.JobState;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which records are to be removed: those for which all of this holds.
 *
 * @param label only this label's, or null for all
 * @param only only this job, whatever its age and place, or null
 * @param before only those that ended before this time, milliseconds since 1970 UTC, or null for any
 * @param keep how many of the newest jobs of each label stay
 * @param states only those in one of these states; empty for any that has ended for good
 * @param jobs whether to remove jobs at all
 * @param leftovers whether to remove also files that belong to no job
 * @param dryRun whether only to say what would be removed
 */
public record PruneRequest(String label, JobId only, Long before, int keep, Set<JobState> states, boolean jobs, boolean leftovers, boolean dryRun) {
    /** Every job that has ended for good, but for the newest of each label. */
    public static final PruneRequest ALL_BUT_THE_NEWEST = new PruneRequest(null, null, null, 1, Set.of(), true, false, false);

    /**
     * Takes copies: it never changes.
     *
     * @throws BgjobException of kind USAGE when fewer than none are to stay
     */
    public PruneRequest {
        if (keep < 0) {
            throw BgjobException.usage("'" + keep + "' is no number of jobs to keep; a number from 0 up is needed");
        }
        states = Set.copyOf(states);
    }

    /** @return the same for one label only */
    public PruneRequest label(String name) {
        JobFilter.requireLabel(name);
        return new PruneRequest(name, only, before, keep, states, jobs, leftovers, dryRun);
    }

    /** @return the same for jobs only that ended longer ago than that. @throws BgjobException when the age is below 0 */
    public PruneRequest olderThan(Duration age) {
        return new PruneRequest(label, only, System.currentTimeMillis() - Durations.millis(age, "age"), keep, states, jobs, leftovers, dryRun);
    }

    /** @return the same, but for so many of the newest jobs of each label; 0 spares none */
    public PruneRequest keep(int number) {
        return new PruneRequest(label, only, before, number, states, jobs, leftovers, dryRun);
    }

    /** @return the same for jobs only in one of these states */
    public PruneRequest states(JobState... wanted) {
        return new PruneRequest(label, only, before, keep, Set.copyOf(List.of(wanted)), jobs, leftovers, dryRun);
    }

    /** @return the same, only told and not done */
    public PruneRequest rehearsed() {
        return new PruneRequest(label, only, before, keep, states, jobs, leftovers, true);
    }
}
