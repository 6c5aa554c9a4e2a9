package bgjob.doctor;

import bgjob.job.Durations;
import bgjob.job.ExitStatus;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.store.JobStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Jobs that have no ending, and should have one or could. */
final class JobChecks {
    private static final long LONG = 24 * 3_600_000L;
    private static final long RECENT = 7 * LONG;
    private static final int NEWEST = 200;

    private final Records records;

    JobChecks(Records records) {
        this.records = records;
    }

    List<Check> all() {
        return List.of(new Check("lost", this::lost), new Check("paused", this::paused), new Check("untold", this::untold), new Check("long",
                this::tooLong));
    }

    private List<Job> unended(Predicate<Job> which) {
        List<Job> found = new ArrayList<>(records.unended());
        found.removeIf(which.negate());
        return found;
    }

    Finding lost() {
        List<Job> lost = unended(job -> job.state() == JobState.LOST);
        if (lost.isEmpty()) {
            return Finding.ok("no job is lost");
        }
        List<Job> alive = new ArrayList<>(lost);
        alive.removeIf(job -> job.survivors().isEmpty());
        if (!alive.isEmpty()) {
            return Finding.warning(RecordChecks.count(alive.size(), "job is", "jobs are") + " lost and still " + (alive.size() == 1 ? "has"
                    : "have") + " processes: " + ids(alive),
                    "see 'bgjob status ID', and end them by 'bgjob stop ID'");
        }
        String fact = RecordChecks.count(lost.size(), "job is", "jobs are") + " lost, gone without a recorded ending: " + ids(lost);
        String advice = "see the reason by 'bgjob status ID'; a killed leader points to the system's out-of-memory killer (dmesg) or to logout";
        Long newest = lost.get(0).times().created();
        return newest != null && newest > System.currentTimeMillis() - RECENT ? Finding.warning(fact, advice) : Finding.note(fact, advice);
    }

    Finding paused() {
        List<Job> held = unended(job -> job.state() == JobState.PAUSED && job.exit() == null);
        if (!held.isEmpty()) {
            Job first = held.get(0);
            Long output = first.times().updated();
            String since = output == null ? "" : "; the last output of " + first.id() + " is "
                    + Durations.format(Math.max(0, System.currentTimeMillis() - output)) + " old";
            return Finding.warning(RecordChecks.count(held.size(), "job is", "jobs are") + " held by a signal: " + ids(held) + since,
                    "let it go on by 'kill -CONT -- -PGID' with the PGID of 'bgjob status ID', or stop it");
        }
        List<JobId> waiting = waiting();
        return waiting.isEmpty() ? Finding.ok("no job is paused")
                : Finding.note(RecordChecks.count(waiting.size(), "job", "jobs") + " paused by itself (exit 75) and not run since: "
                        + RecordChecks.some(waiting), "start it again when what it waited for is over");
    }

    /** Among the newest, those of which no newer one of the label was started. */
    private List<JobId> waiting() {
        List<JobId> waiting = new ArrayList<>();
        if (!records.exist()) {
            return waiting;
        }
        JobStore store = new JobStore(records.directory());
        Set<String> seen = new HashSet<>();
        for (JobId id : store.newest(null, NEWEST)) {
            if (seen.add(id.label()) && store.exit(id) == ExitStatus.PAUSED) {
                waiting.add(id);
            }
        }
        return waiting;
    }

    Finding untold() {
        List<Job> untold = unended(job -> job.state() == null);
        return untold.isEmpty() ? Finding.ok("bgjob can tell how every job stands")
                : Finding.warning("bgjob cannot tell how " + RecordChecks.count(untold.size(), "job stands", "jobs stand") + ": " + ids(untold)
                        + "; of the first, "
                        + untold.get(0).reason(), "ask on the machine and in the container where it was started, or restore the record");
    }

    Finding tooLong() {
        List<Job> old = unended(job -> job.active() && job.times().duration() != null && job.times().duration() > LONG);
        return old.isEmpty() ? Finding.ok("no job has run for more than a day")
                : Finding.note(RecordChecks.count(old.size(), "job has", "jobs have") + " run for more than a day: " + ids(old)
                        + "; the first for " + Durations.format(old.get(0).times().duration()),
                        "see whether it is still wanted: bgjob status ID");
    }

    private static String ids(List<Job> jobs) {
        List<JobId> ids = new ArrayList<>();
        jobs.forEach(job -> ids.add(job.id()));
        return RecordChecks.some(ids);
    }
}
