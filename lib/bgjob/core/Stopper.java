package bgjob.core;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.job.BgjobException;
import bgjob.job.ExitStatus;
import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.Redaction;
import bgjob.job.Rfc3339;
import bgjob.job.Survivor;
import bgjob.store.JobStore;
import bgjob.store.MetaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Ends a job: notes who asks and why, signals all its processes, waits, escalates to KILL, looks again, and says what it found.
 * Nothing is called stopped before it is.
 */
final class Stopper {
    private static final long AFTER_KILL = 5000;
    private static final long RECORDING = 3000;
    private static final long LEAVING = 500;
    /** How many times longer it takes where a scheduler stands between. */
    private static final long REMOTE = 6;
    private static final long STEP = 20;
    /** What the job script waits by between two tries to write. */
    private static final String LEADER_WAITS = "sleep 1";

    private final JobStore store;
    private final Inspector inspector;

    Stopper(JobStore store, Inspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /** Stops each in a thread of its own. */
    List<StopReceipt> stop(List<JobId> ids, StopRequest request, BiConsumer<JobId, BgjobException> failed) {
        StopReceipt[] receipts = new StopReceipt[ids.size()];
        Thread[] threads = new Thread[ids.size()];
        for (int i = 0; i < threads.length; i++) {
            int n = i;
            threads[i] = new Thread(() -> {
                try {
                    receipts[n] = stop(ids.get(n), request);
                } catch (BgjobException e) {
                    failed.accept(ids.get(n), e);
                }
            }, "stop " + ids.get(i));
            threads[i].start();
        }
        List<StopReceipt> done = new ArrayList<>();
        for (int i = 0; i < threads.length; i++) {
            Pause.until(threads[i]);
            if (receipts[i] != null) {
                done.add(receipts[i]);
            }
        }
        return done;
    }

    StopReceipt stop(JobId id, StopRequest request) {
        long begun = System.nanoTime();
        Job before = inspector.inspect(id);
        BackendRef ref = inspector.ref(id, store.facts(id));
        Backend backend = inspector.backend(ref.facts());
        if (before.state() == null) {
            throw BgjobException.cannotTell("cannot stop " + id + ": " + before.reason());
        }
        boolean led = before.active();
        if (!led && (backend == null || backend.members(ref).isEmpty())) {
            return new StopReceipt(before, List.of(), List.of(), 0);
        }
        String why = backend.untouchable(ref);
        if (why != null) {
            throw BgjobException.failed("job " + id + " " + why);
        }
        note(id, request); // behind an ending it changes no state, but says who ended what was left
        List<String> sent = new ArrayList<>();
        backend.signal(ref, request.signal());
        sent.add(request.signal());
        if (before.state() == JobState.PAUSED && !request.signal().equals("KILL")) {
            backend.signal(ref, "CONT");
            sent.add("CONT");
        }
        List<Survivor> left = await(id, backend, ref, request.graceMillis());
        if (!left.isEmpty()) {
            if (!request.signal().equals("KILL")) {
                backend.signal(ref, "KILL");
                sent.add("KILL");
            }
            left = await(id, backend, ref, backend.remote() ? REMOTE * AFTER_KILL : AFTER_KILL);
        }
        if (led) {
            settle(id, left, sent.contains("KILL"), backend.remote() ? REMOTE * RECORDING : RECORDING);
            if (left.isEmpty() && !backend.remote()) {
                leave(backend, ref);
            }
        }
        return new StopReceipt(inspector.inspect(id), sent, left, (System.nanoTime() - begun) / 1_000_000);
    }

    /** Behind its ending, a leader has a few things to tidy up. */
    private static void leave(Backend backend, BackendRef ref) {
        long end = System.nanoTime() + LEAVING * 1_000_000;
        while (!backend.members(ref).isEmpty() && System.nanoTime() < end) {
            Pause.millis(STEP);
        }
    }

    private void note(JobId id, StopRequest request) {
        String lines = MetaFile.line("stop_at", Rfc3339.utc(System.currentTimeMillis())) + "\n"
                + MetaFile.line("stop_by", request.by()) + "\n"
                + (request.reason() == null ? "" : MetaFile.line("stop_reason", Redaction.mask(request.reason())) + "\n")
                + MetaFile.line("stop_signal", request.signal()) + "\n";
        try {
            store.note(id, lines);
        } catch (BgjobException e) {
            // a job must be stoppable on a full disk; its ending then reads as the signal's, not as a stop
        }
    }

    private List<Survivor> await(JobId id, Backend backend, BackendRef ref, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        List<Survivor> left = left(id, backend, ref);
        while (!left.isEmpty() && System.nanoTime() < end) {
            Pause.millis(STEP);
            left = left(id, backend, ref);
        }
        return left;
    }

    /** A leader that is alone, and has noted the ending or cannot, only waits until it can record it; that is left to it. */
    private List<Survivor> left(JobId id, Backend backend, BackendRef ref) {
        List<Survivor> left = backend.members(ref);
        boolean alone = !left.isEmpty();
        for (Survivor survivor : left) {
            alone &= survivor.pid() == ref.facts().number("pid") || survivor.command().equals(LEADER_WAITS);
        }
        return alone && (store.facts(id).number("exit") >= 0 || !store.dir().isWritable()) ? List.of() : left;
    }

    /** The leader records its ending itself; where it had to be killed, this does, as far as that can be written. */
    private void settle(JobId id, List<Survivor> left, boolean killed, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        Job job = inspector.inspect(id);
        while (job.active() && left.isEmpty() && System.nanoTime() < end) {
            Pause.millis(STEP);
            job = inspector.inspect(id);
        }
        if (job.state() == JobState.LOST && killed && store.dir().isWritable()) {
            store.recordEnding(id, ExitStatus.KILLED, "KILL", System.currentTimeMillis());
        }
    }
}
