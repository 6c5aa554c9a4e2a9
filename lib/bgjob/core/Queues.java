package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.Suggestion;
import bgjob.store.JobStore;
import java.util.ArrayList;
import java.util.List;

/** Looks at queues. Their files may name jobs that have ended; those are left out. */
public final class Queues {
    private final JobStore store;
    private final Inspector inspector;

    Queues(JobStore store, Inspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /** @return all queues, by name */
    public List<QueueState> all() {
        List<QueueState> all = new ArrayList<>();
        for (String name : store.lines().queues()) {
            all.add(look(name));
        }
        return all;
    }

    /**
     * @return that queue
     * @throws BgjobException of kind NOT_FOUND with near names
     */
    public QueueState one(String name) {
        List<String> known = store.lines().queues();
        if (!known.contains(name)) {
            String near = Suggestion.near(name, known);
            throw BgjobException.notFound("no queue '" + name + "' in " + store.dir().path() + (near.isEmpty()
                    ? "; a queue is made by: bgjob run LABEL --queue " + name + " -- CMD" : near));
        }
        return look(name);
    }

    /** Has so many jobs of the queue run at the same time from now on; makes the queue if there is none. */
    public void slots(String name, int slots) {
        store.prepare();
        store.lines().open(name, slots);
    }

    private QueueState look(String name) {
        // the line first: one that takes its slot meanwhile is seen in both, and never in neither
        List<JobId> waiting = new ArrayList<>(active(store.lines().waiting(name)));
        List<JobId> running = active(store.lines().holders(name));
        waiting.removeAll(running);
        return new QueueState(name, store.lines().slots(name), running, waiting);
    }

    private List<JobId> active(List<JobId> named) {
        List<JobId> active = new ArrayList<>();
        for (JobId id : named) {
            if (store.contains(id) && store.exit(id) < 0 && inspector.inspect(id).active()) {
                active.add(id);
            }
        }
        return active;
    }
}
