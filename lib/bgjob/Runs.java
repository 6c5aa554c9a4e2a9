package bgjob;

import bgjob.core.Comparison;
import bgjob.core.Jobs;
import bgjob.core.Statistics;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.time.Instant;
import java.util.List;

/** What the records of a directory add up to, and how two of them differ. Like {@link Bgjob}, for any number of threads. */
public final class Runs {
    private final Composition composition;
    private final String directory;

    Runs(Composition composition, String directory) {
        this.composition = composition;
        this.directory = directory;
    }

    private Jobs jobs() {
        return composition.open(directory);
    }

    /**
     * @param label only this label, or null for all
     * @param since only jobs created at that time or later, or null for all
     * @return what the records add up to, by label
     */
    public Statistics statistics(String label, Instant since) {
        return jobs().statistics(label, since == null ? 0 : since.toEpochMilli(), false);
    }

    /**
     * @param label the label
     * @param since only jobs created at that time or later, or null for all
     * @return what the label's records add up to, by commit
     */
    public Statistics byCommit(String label, Instant since) {
        return jobs().statistics(label, since == null ? 0 : since.toEpochMilli(), true);
    }

    /**
     * Lays two runs side by side.
     *
     * @param before the one that is compared with
     * @param after the one in question
     * @param ignoreTimes whether lines are the same that differ in dates, times and lengths of time only
     * @return how they differ
     * @throws BgjobException of kind NOT_FOUND when one of them is not there
     */
    public Comparison compare(JobId before, JobId after, boolean ignoreTimes) {
        return jobs().compare(List.of(before.toString(), after.toString()), false, ignoreTimes);
    }
}
