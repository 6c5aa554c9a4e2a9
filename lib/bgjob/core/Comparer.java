package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.log.LogDiff;
import bgjob.log.LogFile;
import bgjob.store.JobStore;
import java.util.List;

/** Finds the two runs that are to be compared. */
final class Comparer {
    private final JobStore store;
    private final Inspector inspector;
    private final Resolver resolver;

    Comparer(JobStore store, Inspector inspector, Resolver resolver) {
        this.store = store;
        this.inspector = inspector;
        this.resolver = resolver;
    }

    /**
     * @param names one run, then it is compared with the one before; or two
     * @param good whether the one before has to be a completed one
     */
    Comparison compare(List<String> names, boolean good, boolean ignoreTimes) {
        JobId after = resolver.resolve(names.get(names.size() - 1));
        Job before = names.size() == 1 ? before(after, good) : inspector.inspect(resolver.resolve(names.get(0)));
        Job now = inspector.inspect(after);
        return new Comparison(before, now, LogDiff.of(log(before), log(now), ignoreTimes));
    }

    private LogFile log(Job job) {
        return new LogFile(job.files().log(), LogGap.of(store, job.id()));
    }

    private Job before(JobId after, boolean good) {
        for (JobId id : store.ids(after.label())) {
            if (id.compareTo(after) < 0) {
                Job job = inspector.inspect(id);
                if (good ? job.state() == JobState.COMPLETED : job.state() != null && !job.active()) {
                    return job;
                }
            }
        }
        throw BgjobException.notFound("no run of '" + after.label() + "' before " + after + (good ? " was completed" : " has ended")
                + ", so there is nothing to compare it with; name two jobs, or see: bgjob list " + after.label());
    }
}
