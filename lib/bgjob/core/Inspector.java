package bgjob.core;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.Allocation;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.GitInfo;
import bgjob.job.Job;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.JobTimes;
import bgjob.job.Leavings;
import bgjob.job.Queueing;
import bgjob.job.Redaction;
import bgjob.job.Rfc3339;
import bgjob.job.ShellWords;
import bgjob.job.Standing;
import bgjob.job.Survivor;
import bgjob.job.Uptime;
import bgjob.store.JobStore;
import bgjob.store.MetaFile;
import bgjob.store.ResultFile;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a job: its record first, its backend only where no ending is recorded. */
final class Inspector {
    private static final int MOST_REASON = 300;

    private final JobStore store;
    private final List<Backend> backends;

    Inspector(JobStore store, List<Backend> backends) {
        this.store = store;
        this.backends = backends;
    }

    Job inspect(JobId id) {
        return inspect(id, true);
    }

    /** @param whole whether to look at the jobs that it waits for, too */
    private Job inspect(JobId id, boolean whole) {
        JobFiles files = store.dir().files(id);
        Facts facts;
        try {
            facts = store.facts(id);
        } catch (BgjobException e) {
            facts = new Facts();
        }
        int exit = store.exit(id);
        Observation seen = null;
        if (exit < 0) {
            seen = observe(ref(id, facts));
            exit = store.exit(id);
            if (exit >= 0 || seen.sight() == Sight.GONE || seen.sight() == Sight.ENDED) {
                Facts again = store.facts(id); // it may have ended between the two looks
                facts = again.size() == 0 ? facts : again; // or been removed
            }
            if (seen.told() != null && exit == JobStore.NO_EXIT && facts.number("exit") < 0 && learn(id, facts, seen)) {
                exit = seen.told().code();
            }
        }
        boolean lives = seen != null && (seen.sight() == Sight.RUNNING || seen.sight() == Sight.HELD);
        StateRule rule = exit == JobStore.NO_EXIT || exit == JobStore.BAD_EXIT && lives
                ? StateRule.unended(facts, seen, files.exit())
                : StateRule.ended(facts, exit, files.exit());
        List<Survivor> survivors = exit == JobStore.NO_EXIT ? seen.survivors() : List.of();
        String cmd = facts.first("cmd");
        String backend = facts.first("backend");
        String attempt = facts.last("attempt");
        boolean local = backend == null || backend.equals("local");
        Standing standing = whole ? standing(id, facts, rule) : null;
        String reason = rule.state() == JobState.QUEUED && standing != null && local ? standing.waits() : reason(id, rule);
        return new Job(id, rule.state(), reason, rule.exit(), facts.latest("pid"), facts.latest("pgid"),
                cmd == null ? List.of() : Redaction.mask(ShellWords.split(cmd)), facts.first("cwd"), facts.first("user"),
                facts.first("host"), backend == null ? "local" : backend, facts.first("parent"),
                attempt == null ? 1 : Math.max(1, (int) Facts.parse(attempt)), times(facts, rule, seen, files), git(facts), files, survivors,
                stopNote(facts), null, Leavings.of(facts), standing, local ? null : allocation(facts, seen));
    }

    /**
     * What a scheduler says it may forget, so it becomes part of the record; where that cannot be written, it counts all the same.
     *
     * @return whether that is the job's ending
     */
    private boolean learn(JobId id, Facts facts, Observation seen) {
        Facts learned = seen.told().learned();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < learned.size(); i++) {
            facts.add(learned.key(i), learned.value(i));
            lines.append(MetaFile.line(learned.key(i), learned.value(i))).append('\n');
        }
        try {
            if (seen.sight() == Sight.ENDED) {
                store.ledger().recordEnding(id, seen.told().code(), lines.toString(), seen.why());
            } else if (lines.length() > 0) {
                store.note(id, lines.toString());
            }
        } catch (BgjobException e) {
            // a full or read-only disk; the next one to look tries again
        }
        return seen.sight() == Sight.ENDED;
    }

    private static Allocation allocation(Facts facts, Observation seen) {
        Observation.Told told = seen == null ? null : seen.told();
        String state = told == null || told.state() == null ? facts.last("slurm_state") : told.state();
        String node = facts.last("node");
        return new Allocation(facts.last("slurm_job_id"), facts.last("slurm_array"), facts.last("partition"), node == null && told != null ? told.node() : node, state,
                seen != null && seen.sight() == Sight.SILENT);
    }

    /** @return the job with what lives of the processes that it left when it ended; looked for only where it left some */
    Job withLeft(Job job) {
        if (job.leavings().processes() == 0 || job.exit() == null) {
            return job;
        }
        BackendRef ref = ref(job.id(), store.facts(job.id()));
        Backend backend = backend(ref.facts());
        if (backend == null) {
            return job;
        }
        List<Survivor> left = new ArrayList<>();
        for (Survivor survivor : backend.members(ref)) {
            if (backend.remote() || survivor.pid() != job.pid()) { // the leader may still be tidying up behind the ending
                left.add(survivor);
            }
        }
        return job.with(left);
    }

    private Standing standing(JobId id, Facts facts, StateRule rule) {
        String queue = facts.first("queue");
        if (queue == null && facts.first("after") == null) {
            return null;
        }
        boolean waits = rule.exit() == null && facts.first("started") == null && rule.state() != JobState.LOST;
        List<Queueing.After> after = new ArrayList<>();
        List<JobId> waitingFor = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Queueing.After target = facts.key(i).equals("after") ? Queueing.After.recorded(facts.value(i)) : null;
            if (target != null) {
                after.add(target);
                if (waits && store.contains(target.id()) && store.exit(target.id()) < 0 && inspect(target.id(), false).active()) {
                    waitingFor.add(target.id());
                }
            }
        }
        String priority = facts.first("priority");
        int place = waits && queue != null && waitingFor.isEmpty() ? store.lines().waiting(queue).indexOf(id) + 1 : 0;
        return new Standing(queue, queue == null ? 0 : store.lines().slots(queue), priority == null ? 0 : Integer.parseInt(priority), place, after,
                waitingFor);
    }

    /** A job that paused itself may say why on the first line of its result. */
    private String reason(JobId id, StateRule rule) {
        if (rule.state() != JobState.PAUSED || rule.exit() == null || rule.reason() != null) {
            return rule.reason();
        }
        try {
            ResultFile result = store.result(id, MOST_REASON);
            String text = result == null ? "" : new String(result.bytes(), StandardCharsets.UTF_8).strip();
            int end = text.indexOf('\n');
            String line = Redaction.mask((end < 0 ? text : text.substring(0, end)).strip());
            return line.isEmpty() ? null : line;
        } catch (BgjobException e) {
            return null;
        }
    }

    BackendRef ref(JobId id, Facts facts) {
        return new BackendRef(id, store.dir().path(), facts);
    }

    Backend backend(Facts facts) {
        String name = facts.first("backend");
        for (Backend backend : backends) {
            if (name == null || backend.name().equals(name)) {
                return backend;
            }
        }
        return null;
    }

    private Observation observe(BackendRef ref) {
        Backend backend = backend(ref.facts());
        if (backend == null) {
            return Observation.of(Sight.CANNOT_TELL, "it runs on the backend " + ref.facts().first("backend") + ", which this bgjob does not know");
        }
        return backend.observe(List.of(ref)).get(0);
    }

    private static JobTimes times(Facts facts, StateRule rule, Observation seen, JobFiles files) {
        Long created = Rfc3339.parse(facts.first("created"));
        Long started = Rfc3339.parse(facts.first("started"));
        boolean ended = rule.exit() != null;
        Long finished = ended ? Rfc3339.parse(facts.last("ended")) : null;
        if (ended && finished == null) {
            long recorded = new File(files.exit()).lastModified();
            finished = recorded > 0 ? recorded : null;
        }
        Long updated = finished;
        if (!ended) {
            long output = new File(files.log()).lastModified();
            updated = output > 0 && (started == null || output > started) ? Long.valueOf(output) : started;
        }
        return new JobTimes(created == null ? started : created, started, updated, finished, duration(facts, started, finished, seen));
    }

    private static Long duration(Facts facts, Long started, Long finished, Observation seen) {
        if (seen != null && seen.age() >= 0 && finished == null) {
            return seen.age();
        }
        Long recorded = finished == null ? null : recorded(facts);
        if (recorded != null) {
            return recorded;
        }
        boolean running = seen != null && (seen.sight() == Sight.RUNNING || seen.sight() == Sight.HELD);
        Long end = finished == null && running ? Long.valueOf(System.currentTimeMillis()) : finished;
        return started == null || end == null || end < started ? null : Long.valueOf(end - started);
    }

    /** How long an ended job took by the machine's monotonic clock, or null. */
    static Long recorded(Facts facts) {
        long from = Uptime.millis(facts.first("uptime"));
        long to = Uptime.millis(facts.last("uptime_end"));
        return from >= 0 && to >= from ? Long.valueOf(to - from) : null;
    }

    private static GitInfo git(Facts facts) {
        String sha = facts.first("git_sha");
        String branch = facts.first("git_branch");
        String dirty = facts.first("git_dirty");
        if (sha == null && branch == null && dirty == null) {
            return null;
        }
        return new GitInfo(sha, branch, "true".equals(dirty) ? Boolean.TRUE : "false".equals(dirty) ? Boolean.FALSE : null);
    }

    private static String stopNote(Facts facts) {
        String signal = facts.last("stop_signal");
        if (signal == null) {
            return null;
        }
        String reason = facts.last("stop_reason");
        return "stop asked by " + facts.last("stop_by") + " at " + facts.last("stop_at") + (reason == null ? "" : ": " + reason);
    }
}
