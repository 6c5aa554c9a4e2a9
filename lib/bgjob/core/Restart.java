package bgjob.core;

import bgjob.job.Batch;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.Origin;
import bgjob.store.JobLock;
import bgjob.store.JobStore;
import java.util.function.Function;

/** Starts jobs again: the same command, on the files that are asked for. */
final class Restart {
    private final JobStore store;
    private final Inspector inspector;
    private final Function<JobSpec, Submission> submissions;
    private final String shell;

    Restart(JobStore store, Inspector inspector, Function<JobSpec, Submission> submissions, String shell) {
        this.store = store;
        this.inspector = inspector;
        this.submissions = submissions;
        this.shell = shell;
    }

    /**
     * @param failed whether of a batch, which must have ended, only those items that were not completed
     * @param atCommit whether on the files that it ran on, and not on today's
     * @throws BgjobException when its script does not say how it was run, or it cannot be started
     */
    Started rerun(JobId id, boolean failed, boolean atCommit) {
        Batches batches = new Batches(store);
        Batch batch = failed ? batches.left(inspector.inspect(id)) : batches.batch(id);
        JobSpec spec = store.spec(id).from(new Origin(id, 1, false));
        return submissions.apply(spec).submit(spec, batch, atCommit ? new AtCommit(store, id, shell) : source(id, false));
    }

    /** @return the new job, or null where the old one goes on */
    Started resume(JobId id) {
        try (JobLock alone = JobLock.take(store.dir(), id)) {
            int attempt = new Holding(store, inspector).resume(id);
            if (attempt == 0) {
                return null;
            }
            requireLast(id);
            Batches batches = new Batches(store);
            Batch left = batches.isBatch(id) ? batches.left(inspector.inspect(id)) : null;
            JobSpec spec = store.spec(id).from(new Origin(id, attempt, true));
            return submissions.apply(spec).submit(spec, left, source(id, true));
        }
    }

    /** Its checkpoint has gone to the job that went on with it. */
    private void requireLast(JobId id) {
        for (JobId other : store.ids(id.label())) {
            Facts facts = store.facts(other);
            if (other.equals(id)) {
                return;
            }
            if (id.toString().equals(facts.first("parent")) && facts.number("attempt") > 1) {
                throw BgjobException.failed("job " + id + " was already resumed, as " + other + "; to go on with that: bgjob resume " + other
                        + "; to begin anew: bgjob rerun " + id);
            }
        }
    }

    /** What was asked for once is asked for again; only what goes on, and not what begins anew, stays at its commit. */
    private Source source(JobId id, boolean goesOn) {
        Facts facts = store.facts(id);
        if (goesOn && facts.first("at_commit") != null) {
            return new AtCommit(store, id, shell);
        }
        return Snapshot.asked(facts) ? new Snapshot(store, shell) : null;
    }
}
