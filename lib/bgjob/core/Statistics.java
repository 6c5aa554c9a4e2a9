package bgjob.core;

import bgjob.job.Job;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.Comparator;
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
    static Statistics of(List<Jobs> directories, String label, long since, boolean byCommit) {
        RunStats total = new RunStats(null);
        Map<String, RunStats> groups = new LinkedHashMap<>();
        for (Place place : places(directories, label)) {
            JobId id = place.id();
            if (JobFilter.createdLongBefore(id, since)) {
                break; // all that come now are older
            }
            Job job = place.jobs().inspect(id);
            if (JobFilter.createdSince(job, since)) {
                total.add(job);
                String name = byCommit ? job.git() == null || job.git().sha() == null ? NO_COMMIT : job.git().sha() : id.label();
                groups.computeIfAbsent(name, RunStats::new).add(job);
            }
        }
        return new Statistics(total, new ArrayList<>(groups.values()));
    }

    private record Place(Jobs jobs, JobId id) {
    }

    /** @return the newest first, over all directories */
    private static List<Place> places(List<Jobs> directories, String label) {
        List<Place> places = new ArrayList<>();
        for (Jobs jobs : directories) {
            jobs.ids(label).forEach(id -> places.add(new Place(jobs, id)));
        }
        if (directories.size() > 1) {
            places.sort(Comparator.comparing(Place::id).reversed());
        }
        return places;
    }
}
