package bgjob.core;

import bgjob.backend.Backend;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.store.JobStore;
import bgjob.store.Leftovers;
import bgjob.store.Remover;
import bgjob.store.WorkTrees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Removes records of jobs that have ended. What has not, or may not have, stays: each is looked at right before it goes. */
final class Pruner {
    private final JobStore store;
    private final Inspector inspector;
    private final List<Backend> backends;
    private final PruneRequest request;
    private final List<PruneReceipt.Removed> removed = new ArrayList<>();
    private final List<String> leftovers = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private Remover remover;
    private boolean begun;
    private long bytes;
    private int active;
    private int paused;
    private int unknown;

    Pruner(JobStore store, Inspector inspector, List<Backend> backends, PruneRequest request) {
        this.store = store;
        this.inspector = inspector;
        this.backends = backends;
        this.request = request;
    }

    PruneReceipt prune() {
        remover = store.remover();
        if (request.jobs()) {
            Map<String, Integer> newer = new HashMap<>();
            for (JobId id : request.only() == null ? store.ids(request.label()) : List.of(request.only())) {
                if (request.only() != null || newer.merge(id.label(), 1, Integer::sum) > request.keep()) {
                    consider(id);
                }
            }
        }
        if (request.leftovers()) {
            sweep();
        }
        if (begun) {
            store.refresh();
        }
        return new PruneReceipt(removed, leftovers, bytes, active, paused, unknown, failures);
    }

    private void consider(JobId id) {
        Job job;
        try {
            job = inspector.inspect(id);
        } catch (BgjobException e) {
            failures.add(e.getMessage());
            return;
        }
        if (!wanted(job)) {
            return;
        }
        if (job.state() == null || !job.survivors().isEmpty()) {
            unknown += job.state() == null ? 1 : 0;
            active += job.state() == null ? 0 : 1;
        } else if (job.active() || awaited(id) || tidies(id)) {
            active++;
        } else if (job.state() == JobState.PAUSED && !request.states().contains(JobState.PAUSED)) {
            paused++;
        } else if (request.dryRun()) {
            count(job, remover.bytes(id));
        } else {
            begin();
            Remover.Removal removal = remover.remove(id);
            if (removal.done()) {
                count(job, removal.bytes());
            } else {
                bytes += removal.bytes();
            }
            fail(removal);
        }
    }

    /** How it ended is looked up by a job that waits for it. */
    private boolean awaited(JobId id) {
        for (JobId waiter : store.lines().waitingFor(id)) {
            if (store.contains(waiter) && store.exit(waiter) < 0 && inspector.inspect(waiter).active()) {
                return true;
            }
        }
        return false;
    }

    /** Behind its ending a leader may still run what `--on-exit` asked for, and will record how that ended. */
    private boolean tidies(JobId id) {
        Facts facts = store.facts(id);
        return facts.first("on_exit") != null && facts.first("on_exit_status") == null && lives(id);
    }

    private boolean wanted(Job job) {
        if (!request.states().isEmpty() && (job.state() == null || !request.states().contains(job.state()))) {
            return false;
        }
        if (request.before() == null) {
            return true;
        }
        Long end = job.times().finished();
        end = end == null ? job.times().updated() : end;
        end = end == null ? job.times().created() : end;
        return end != null && end < request.before();
    }

    private void count(Job job, long length) {
        bytes += length;
        removed.add(new PruneReceipt.Removed(job.id(), job.state(), job.times().finished(), length));
    }

    private void begin() {
        if (!begun) {
            remover.begin();
            begun = true;
        }
    }

    private void fail(Remover.Removal removal) {
        if (removal.failure() != null) {
            failures.add("cannot remove " + removal.failure() + "; `bgjob prune --orphans` tries again, from an hour on");
        }
    }

    /** What a run that was killed, or a removal that was, has left. */
    private void sweep() {
        Leftovers found = store.leftovers(System.currentTimeMillis());
        for (JobId id : found.ids()) {
            if (lives(id)) {
                active++;
            } else if (request.dryRun()) {
                leftovers.add(id.toString());
                bytes += remover.bytes(id);
            } else {
                begin();
                Remover.Removal removal = remover.remove(id);
                if (removal.failure() == null) {
                    leftovers.add(id.toString());
                }
                bytes += removal.bytes();
                fail(removal);
            }
        }
        WorkTrees trees = new WorkTrees(store.dir());
        for (JobId id : trees.all()) {
            if (store.contains(id)) {
                clear(trees, id);
            }
        }
        for (String path : found.temporary()) {
            Remover.Removal removal = request.dryRun() ? new Remover.Removal(true, remover.bytes(path), null) : remover.removeFile(path);
            if (removal.done()) {
                leftovers.add(path.substring(store.dir().path().length() + 1));
            }
            bytes += removal.bytes();
            fail(removal);
        }
    }

    /** A leader that was killed has left its worktree, or one whose command had left something that ran in it. */
    private void clear(WorkTrees trees, JobId id) {
        String path = store.dir().worktree(id);
        Job job = inspector.inspect(id);
        if (job.state() == null || job.active() || lives(id)) {
            return;
        }
        Remover.Removal removal = request.dryRun() ? new Remover.Removal(true, remover.bytes(path), null) : trees.remove(id);
        if (removal.done() && removal.failure() == null) {
            leftovers.add(path.substring(store.dir().path().length() + 1));
        }
        bytes += removal.bytes();
        fail(removal);
    }

    /** A leader may be about to record the job, held up by a slow git say. */
    private boolean lives(JobId id) {
        for (Backend backend : backends) {
            if (!backend.members(inspector.ref(id, new Facts())).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
