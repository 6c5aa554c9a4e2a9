package bgjob.core;

import bgjob.job.Job;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.List;

/** Looks at jobs until they have ended. */
final class Awaiting {
    private static final long STEP = 25;

    private final Inspector inspector;

    Awaiting(Inspector inspector) {
        this.inspector = inspector;
    }

    /**
     * @param any whether one is enough
     * @param millis for how long at most; 0 for as long as it takes
     * @return those that ended, in the order given
     */
    List<Job> await(List<JobId> ids, boolean any, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        Job[] ended = new Job[ids.size()];
        int missing = any ? 1 : ids.size();
        while (true) {
            for (int i = 0; i < ended.length && missing > 0; i++) {
                if (ended[i] == null) {
                    Job job = inspector.inspect(ids.get(i));
                    if (!job.active()) {
                        ended[i] = job;
                        missing--;
                    }
                }
            }
            if (missing == 0 || millis > 0 && System.nanoTime() >= end) {
                break;
            }
            Pause.millis(STEP);
        }
        List<Job> jobs = new ArrayList<>();
        for (Job job : ended) {
            if (job != null) {
                jobs.add(inspector.withLeft(job));
            }
        }
        return jobs;
    }
}
