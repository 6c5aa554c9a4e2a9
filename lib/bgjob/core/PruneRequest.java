package bgjob.core;

import bgjob.job.JobId;
import bgjob.job.JobState;
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
}
