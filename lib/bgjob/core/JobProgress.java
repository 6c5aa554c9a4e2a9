package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.Progress;
import bgjob.progress.Surveyor;
import bgjob.store.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Adds to jobs that are shown how far they are; those that are only asked whether they have ended go without. */
final class JobProgress {
    /** How many of a label's newest jobs are looked at for completed ones. */
    private static final int NEWEST = 20;
    /** How many durations are enough; each costs the reading of a meta. */
    private static final int ENOUGH = 7;

    private final JobStore store;

    JobProgress(JobStore store) {
        this.store = store;
    }

    Job measured(Job job) {
        if (job.state() == null || job.state() == JobState.QUEUED) {
            return job;
        }
        Long duration = job.times().duration();
        long elapsed = duration == null ? -1 : duration;
        String file = store.dir().progress(job.id());
        Progress progress = job.active() ? running(job, file, elapsed) : Surveyor.ended(file, elapsed, goesOn(job));
        if (progress == null) {
            return job;
        }
        return job.with(job.state() == JobState.RUNNING ? progress : progress.standing());
    }

    private Progress running(Job job, String file, long elapsed) {
        return Surveyor.running(file, job.files().log(), elapsed, goesOn(job), new Supplier<List<Long>>() { // a lambda takes milliseconds on Java 17
            @Override
            public List<Long> get() {
                return earlier(job.id());
            }
        });
    }

    /** Only a job that was resumed has a parent and a second attempt from its beginning. */
    private static boolean goesOn(Job job) {
        return job.parent() != null && job.attempt() > 1;
    }

    /** How long the label's newest jobs took that were completed, in milliseconds. */
    private List<Long> earlier(JobId id) {
        List<Long> durations = new ArrayList<>();
        List<JobId> ids = store.newest(id.label(), NEWEST + 1); // it is one of them
        for (int i = 0; i < ids.size() && durations.size() < ENOUGH; i++) {
            if (store.exit(ids.get(i)) == 0) {
                Long duration = duration(ids.get(i));
                if (duration != null) {
                    durations.add(duration);
                }
            }
        }
        return durations;
    }

    /** @return null also where that record is damaged: no other job is told less for it */
    private Long duration(JobId id) {
        try {
            return Inspector.recorded(store.facts(id));
        } catch (BgjobException e) {
            return null;
        }
    }
}
