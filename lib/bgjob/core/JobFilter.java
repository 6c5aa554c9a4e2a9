package bgjob.core;

import bgjob.job.JobState;
import java.util.Set;

/**
 * Which jobs to list.
 *
 * @param label only this label, or null for all
 * @param states only these states; empty for all
 * @param active only jobs that have not ended
 * @param since only jobs created at or after this time, milliseconds since 1970 UTC; 0 for all
 * @param most at most so many, newest first; 0 for no limit
 */
public record JobFilter(String label, Set<JobState> states, boolean active, long since, int most) {
}
