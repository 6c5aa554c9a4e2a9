package bgjob.core;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.JobState;
import bgjob.job.Queueing;
import bgjob.job.Rfc3339;
import bgjob.store.JobStore;
import bgjob.store.MetaFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gives a job to a backend that starts it later, elsewhere. The record is there before anybody else knows of the job, so whatever is killed
 * when, it can be found again.
 */
final class HandOver {
    /** As where a leader that waits learns that it must not begin any more. */
    private static final int NOT_RUN = 126;

    private final JobStore store;
    private final Backend backend;

    HandOver(JobStore store, Backend backend) {
        this.store = store;
        this.backend = backend;
    }

    /**
     * @param meta the facts known by now, as its meta has them
     * @return what the backend says of it
     */
    Facts to(JobId id, JobSpec spec, List<String> meta) {
        store.ledger().record(id, meta);
        Facts known;
        try {
            Facts facts = Facts.of((String.join("\n", meta) + "\n").getBytes(StandardCharsets.UTF_8));
            facts.add("grace", Long.toString(spec.limits().grace()));
            facts.add("retry_delay", Long.toString(spec.limits().retryDelay()));
            for (String option : spec.target().options()) {
                facts.add("option", option);
            }
            String never = wait(facts, spec.queueing());
            if (never != null) {
                store.ledger().recordEnding(id, NOT_RUN, MetaFile.line("not_run", never) + "\n" + MetaFile.line("ended", Rfc3339.utc(System.currentTimeMillis()))
                        + "\n", "bgjob run");
                Facts ended = new Facts();
                ended.add("not_run", never);
                return ended;
            }
            known = backend.submit(new BackendRef(id, store.dir().path(), facts), store.dir().script(id));
        } catch (RuntimeException e) {
            store.ledger().unrecord(id);
            throw e;
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < known.size(); i++) {
            lines.append(MetaFile.line(known.key(i), known.value(i))).append('\n');
        }
        try {
            store.note(id, lines.toString());
        } catch (BgjobException e) {
            // a full disk; the leader adds them when it begins
        }
        return known;
    }

    /**
     * Adds what the backend has to wait for, as {@code dependency}; what has ended is judged here, since a scheduler forgets, and takes a
     * number that it does not know for one that was completed.
     *
     * @return why the job must never run, or null
     */
    private String wait(Facts facts, Queueing queueing) {
        StringBuilder text = new StringBuilder();
        Inspector inspector = new Inspector(store, List.of(backend));
        for (Queueing.After target : queueing.after()) {
            Job other = inspector.inspect(target.id());
            if (other.state() == null) {
                throw BgjobException.failed("--after " + target.name() + ": how " + target.id() + " stands cannot be told: " + other.reason()
                        + "; try again later");
            }
            if (!other.active()) {
                if (!target.any() && other.state() != JobState.COMPLETED) {
                    return target.id() + (other.exit() == null ? " ended without a record of its ending" : " " + other.state().word());
                }
                continue;
            }
            String number = other.allocation().id();
            if (number == null) {
                throw BgjobException.failed("--after " + target.name() + ": " + target.id() + " has no number in " + backend.name()
                        + " yet; try again in a moment");
            }
            text.append(text.length() == 0 ? "" : ",").append(target.any() ? "afterany:" : "afterok:").append(number);
        }
        if (text.length() > 0) {
            facts.add("dependency", text.toString());
        }
        return null;
    }
}
