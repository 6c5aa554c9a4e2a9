package bgjob.web;

import bgjob.job.BgjobException;
import bgjob.job.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells every open stream what is new. Two threads look, however many streams there are: one at each watched log once a step and at
 * each watched job every few, and one at the list of all jobs, where a scheduler that does not answer may keep it. An idle stream holds no thread; one that has something to send borrows one, so that a reader who
 * does not read delays nobody else.
 */
final class Live implements AutoCloseable {
    private static final long STEP_MILLIS = 40;
    private static final int STEPS_A_LOOK = 5;
    private static final int STEPS_A_BEAT = 250;
    /** So many readers who do not read delay nobody else; each holds its thread, and one event, only until it is dropped. */
    private static final int MOST_WRITERS = 128;
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Set<JobStream> streams = ConcurrentHashMap.newKeySet();
    private final Set<EventStream> listeners = ConcurrentHashMap.newKeySet();
    private final Changes changes;
    private final ScheduledExecutorService ticker = Executors.newScheduledThreadPool(2, work -> thread(work, "look"));
    private final ThreadPoolExecutor writers = new ThreadPoolExecutor(0, MOST_WRITERS, 2, TimeUnit.SECONDS, new SynchronousQueue<>(),
            work -> thread(work, "write"), (work, pool) -> ((Outlet) work).later());
    private long step;
    private long round;

    Live(Repos repos) {
        this.changes = new Changes(repos);
        ticker.scheduleWithFixedDelay(this::look, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
        ticker.scheduleWithFixedDelay(this::lookAround, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    Changes changes() {
        return changes;
    }

    void add(JobStream stream) {
        streams.add(stream);
        wake(stream);
    }

    void add(EventStream listener) {
        changes.begin();
        listeners.add(listener);
        wake(listener);
    }

    private void wake(Outlet outlet) {
        if (outlet.begin()) {
            writers.execute(outlet);
        }
    }

    private void look() {
        try {
            step++;
            streams.removeIf(JobStream::closed);
            listeners.removeIf(EventStream::closed);
            watchJobs();
            List<Outlet> all = new ArrayList<>(streams);
            all.addAll(listeners);
            for (Outlet outlet : all) {
                outlet.dropAfter(STALLED_NANOS);
                if (outlet.due(step, STEPS_A_BEAT)) {
                    wake(outlet);
                }
            }
        } catch (RuntimeException e) {
            // a look that fails is followed by another; the streams stay
        }
    }

    private void lookAround() {
        try {
            if (changes.look(++round, !listeners.isEmpty())) {
                listeners.forEach(this::wake);
            }
        } catch (RuntimeException e) {
            // the next look sees it, too
        }
    }

    private void watchJobs() {
        Map<String, List<JobStream>> byJob = new HashMap<>();
        for (JobStream stream : streams) {
            byJob.computeIfAbsent(stream.job().repo().key() + "/" + stream.job().id(), key -> new ArrayList<>()).add(stream);
        }
        for (List<JobStream> same : byJob.values()) {
            watch(same);
        }
    }

    private void watch(List<JobStream> same) {
        Repos.Found watched = same.get(0).job();
        long size = watched.jobs().log(watched.id()).size();
        Job job = null;
        if (step % STEPS_A_LOOK == 0) {
            try {
                job = watched.job();
            } catch (BgjobException e) {
                // its record was removed; the next look says so again
            }
        }
        for (JobStream stream : same) {
            if (stream.news(size, job)) {
                wake(stream);
            }
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        writers.shutdownNow();
        streams.forEach(JobStream::close);
        listeners.forEach(EventStream::close);
    }
}
