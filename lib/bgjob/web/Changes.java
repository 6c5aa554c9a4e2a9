package bgjob.web;

import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.json.Json;
import bgjob.json.WebJson;
import java.io.File;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What has changed among all jobs, newest last, numbered. It looks while somebody listens: at the directory's time for new and
 * ended jobs, and at those that have not ended. Who was away for longer than it remembers is told to read the list again.
 */
final class Changes {
    private static final int STEPS_A_LOOK = 5;
    private static final int STEPS_AN_ACTIVE_LOOK = 25;
    private static final int STEPS_ALONE = 750;
    private static final int NEWEST = 200;
    private static final int REMEMBERED = 1000;

    private final Repos repos;
    private final Map<String, Watched> known = new HashMap<>();
    private final Set<String> active = new HashSet<>();
    private final Map<Repo, String> times = new HashMap<>();
    private final Deque<Change> log = new ArrayDeque<>();
    private String run = "";
    private long number;
    private long alone;
    private boolean watching;

    private record Watched(Repo repo, JobId id, Job job) {
    }

    /** One change: its number, and the job as it is now. */
    record Change(long number, String data) {
    }

    Changes(Repos repos) {
        this.repos = repos;
    }

    /** Somebody listens from now on. */
    synchronized void begin() {
        if (!watching) {
            watching = true;
            run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
            for (Repo repo : repos.all()) {
                times.put(repo, time(repo));
                repo.jobs().ids(NEWEST).forEach(id -> see(repo, id, false));
                repo.jobs().active().forEach(id -> see(repo, id, false));
            }
        }
        alone = 0;
    }

    /** @return what stands before a number in an event's id; it changes when the numbers begin anew */
    synchronized String run() {
        return run;
    }

    synchronized long number() {
        return number;
    }

    /** @return the changes behind that number, or null when they are not all remembered */
    synchronized List<Change> since(long last) {
        if (last > number || last < number && (log.isEmpty() || log.peekFirst().number() > last + 1)) {
            return null;
        }
        List<Change> changes = new ArrayList<>();
        for (Change change : log) {
            if (change.number() > last) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** @return whether something has changed */
    synchronized boolean look(long step, boolean listened) {
        alone = listened ? 0 : alone + 1;
        if (alone > STEPS_ALONE && watching) {
            watching = false;
            known.clear();
            active.clear();
            log.clear();
        }
        if (!watching || step % STEPS_A_LOOK != 0) {
            return false;
        }
        long before = number;
        for (Repo repo : repos.all()) {
            String now = time(repo);
            boolean touched = !now.equals(times.put(repo, now));
            if (touched) {
                for (JobId id : repo.jobs().ids(NEWEST)) {
                    if (!known.containsKey(key(repo, id))) {
                        see(repo, id, true);
                    }
                }
            }
            if (touched || step % STEPS_AN_ACTIVE_LOOK == 0) {
                for (String key : List.copyOf(active)) {
                    Watched watched = known.get(key);
                    if (watched.repo() == repo) {
                        see(repo, watched.id(), true);
                    }
                }
            }
        }
        return number != before;
    }

    private void see(Repo repo, JobId id, boolean tell) {
        String key = key(repo, id);
        Watched before = known.get(key);
        Job job;
        try {
            job = repo.jobs().inspect(id);
        } catch (BgjobException e) {
            return;
        }
        known.put(key, new Watched(repo, id, job));
        if (job.active() || job.state() == null) {
            active.add(key);
        } else {
            active.remove(key);
        }
        boolean news = before == null || before.job().state() != job.state() || !Objects.equals(before.job().progress(), job.progress())
                || !Objects.equals(before.job().reason(), job.reason()) || before.job().survivors().size() != job.survivors().size();
        if (tell && news) {
            log.addLast(new Change(++number, Json.line(WebJson.job(repo.told(), job))));
            if (log.size() > REMEMBERED) {
                log.removeFirst();
            }
        }
    }

    private static String key(Repo repo, JobId id) {
        return repo.key() + "/" + id;
    }

    private static String time(Repo repo) {
        File directory = new File(repo.jobs().directory());
        return directory.lastModified() + " " + new File(directory, "jobs").lastModified();
    }
}
