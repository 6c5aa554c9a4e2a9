package bgjob.core;

import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.store.JobStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the records add up to.
 *
 * @param total all of them
 * @param groups each label's, or each commit's, the one that ran last first
 */
public record Statistics(RunStats total, List<RunStats> groups) {
    /** The name of runs without a commit. */
    public static final String NO_COMMIT = "none";

    /** Takes copies: what was answered never changes. */
    public Statistics {
        groups = List.copyOf(groups);
    }

    /** Reads the records one after the other and keeps none. */
    static Statistics of(JobStore store, Inspector inspector, String label, long since, boolean byCommit) {
        RunStats total = new RunStats(null);
        Map<String, RunStats> groups = new LinkedHashMap<>();
        for (JobId id : store.ids(label)) {
            if (JobFilter.createdLongBefore(id, since)) {
                break; // all that come now are older
            }
            Job job = inspector.inspect(id);
            if (JobFilter.createdSince(job, since)) {
                total.add(job);
                String name = byCommit ? job.git() == null || job.git().sha() == null ? NO_COMMIT : job.git().sha() : id.label();
                groups.computeIfAbsent(name, RunStats::new).add(job);
            }
        }
        return new Statistics(total, new ArrayList<>(groups.values()));
    }
}
