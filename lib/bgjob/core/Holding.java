package bgjob.core;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.store.JobStore;

/** Holds jobs by STOP, lets them go on by CONT, and says which have to start anew instead. */
final class Holding {
    private static final long MOST = 5000;
    private static final long STEP = 25;

    private final JobStore store;
    private final Inspector inspector;

    Holding(JobStore store, Inspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /** @return the number of the attempt with which it has to start anew, or 0 where it goes on */
    int resume(JobId id) {
        Job job = seen(id, "resume");
        switch (job.state()) {
            case RUNNING, QUEUED -> throw BgjobException.failed("job " + id + " is " + job.state().word() + "; there is nothing to resume");
            case COMPLETED -> throw BgjobException.failed("job " + id + " was completed; to run it again: bgjob rerun " + id);
            default -> {
                if (job.active()) {
                    signal(id, "CONT", JobState.RUNNING);
                    return 0;
                }
                requireNoneLeft("job", job);
                return job.attempt() + 1;
            }
        }
    }

    /** What a leader that is gone has left would run beside what starts anew. */
    static void requireNoneLeft(String noun, Job job) {
        if (!job.survivors().isEmpty()) {
            throw BgjobException.failed(noun + " " + job.id() + " is lost, and " + job.survivors().size()
                    + " of its processes still run; end them first: bgjob stop " + job.id());
        }
    }

    void pause(JobId id) {
        Job job = seen(id, "pause");
        if (job.state() != JobState.RUNNING) {
            throw BgjobException.failed("job " + id + " is " + job.state().word() + "; only a job that runs can be paused");
        }
        Job now = signal(id, "STOP", JobState.PAUSED);
        if (!now.active()) {
            BackendRef ref = inspector.ref(id, store.facts(id));
            inspector.backend(ref.facts()).signal(ref, "CONT"); // a leader that was tidying up stands still for ever else
            throw BgjobException.failed("job " + id + " ended before it could be paused; bgjob status " + id + " says how");
        }
    }

    private Job seen(JobId id, String wish) {
        Job job = inspector.inspect(id);
        if (job.state() == null) {
            throw BgjobException.cannotTell("cannot " + wish + " " + id + ": " + job.reason());
        }
        return job;
    }

    /** @return the job as it is then: so as wanted, or ended meanwhile */
    private Job signal(JobId id, String signal, JobState wanted) {
        BackendRef ref = inspector.ref(id, store.facts(id));
        Backend backend = inspector.backend(ref.facts());
        if (backend.untouchable(ref) != null) {
            throw BgjobException.failed("job " + id + " cannot be paused or resumed from inside itself");
        }
        backend.signal(ref, signal);
        long end = System.nanoTime() + MOST * 1_000_000;
        Job now = inspector.inspect(id);
        while (now.state() != wanted && now.active() && System.nanoTime() < end) {
            Pause.millis(STEP);
            now = inspector.inspect(id);
        }
        if (now.state() != wanted && now.active()) {
            throw BgjobException.failed("job " + id + " got the signal " + signal + ", but is still " + now.state().word());
        }
        return now;
    }
}
