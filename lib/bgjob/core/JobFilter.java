package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.Rfc3339;
import java.time.Instant;
import java.util.List;
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
    /** Every job. */
    public static final JobFilter ALL = new JobFilter(null, Set.of(), false, 0, 0);

    /**
     * Takes copies: it never changes.
     *
     * @throws BgjobException of kind USAGE when fewer than none are wanted
     */
    public JobFilter {
        if (most < 0) {
            throw BgjobException.usage("'" + most + "' is no number of jobs; a number from 0 up is needed, 0 for no limit");
        }
        states = Set.copyOf(states);
    }

    /** @return the same for one label only */
    public JobFilter label(String name) {
        requireLabel(name);
        return new JobFilter(name, states, active, since, most);
    }

    /** @return the same for these states only */
    public JobFilter states(JobState... wanted) {
        return new JobFilter(label, Set.copyOf(List.of(wanted)), active, since, most);
    }

    /** @return the same for jobs only that have not ended */
    public JobFilter running() {
        return new JobFilter(label, states, true, since, most);
    }

    /** @return the same for jobs only that were created at that time or later */
    public JobFilter since(Instant time) {
        return new JobFilter(label, states, active, time.toEpochMilli(), most);
    }

    /** @return the same for so many jobs at most, the newest; 0 for no limit */
    public JobFilter newest(int number) {
        return new JobFilter(label, states, active, since, number);
    }

    /** A label that a program forgot must not mean all of them. */
    static void requireLabel(String name) {
        if (name == null) {
            throw BgjobException.usage("'null' is no label; leave it out for the jobs of all labels");
        }
    }

    static boolean createdSince(Job job, long since) {
        Long created = job.times().created();
        return since == 0 || created != null && created >= since || created == null && job.id().stamp().compareTo(Rfc3339.localStamp(since)) >= 0;
    }

    /** @return whether the job was created before that time wherever the machine then was: local time moves by less than two days */
    static boolean createdLongBefore(JobId id, long since) {
        return since > 0 && id.stamp().compareTo(Rfc3339.localStamp(since - 2 * 86_400_000L)) < 0;
    }
}
