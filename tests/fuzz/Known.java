package fuzz;

import bgjob.support.JobRecord;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/** What must be true of one job, from what was done to it and nothing else. */
final class Known {
    /** What is known of how far it is. */
    enum Phase {
        /** It runs until a gate is opened. */
        RUNS,
        /** It runs, or has ended by itself. */
        ENDS,
        /** It was paused by a signal. */
        HELD,
        /** Its leader was killed. */
        LOST,
        /** It has ended, and so it stays. */
        ENDED
    }

    final String id;
    final String label;
    final Work work;
    final JobRecord record;
    Phase phase;
    /** What it does when it is no longer held. */
    Phase held;
    String state;
    Integer code;
    /** Somebody ended it, or tried to. */
    boolean disturbed;
    private byte[] meta = {};
    private String exit;

    Known(JobRecord record, String label, Work work, boolean open) {
        this.record = record;
        this.id = record.id();
        this.label = label;
        this.work = work;
        this.phase = work.gate() == null || open ? Phase.ENDS : Phase.RUNS;
    }

    boolean over() {
        return phase == Phase.ENDED || phase == Phase.LOST;
    }

    /** Compares what a command says with what can be; an ending that is said once must be said for ever. */
    void saw(JsonObject job) {
        String saidState = job.get("state").isJsonNull() ? null : job.get("state").getAsString();
        Integer saidCode = job.get("exit_code").isJsonNull() ? null : Integer.valueOf(job.get("exit_code").getAsInt());
        boolean fine = switch (phase) {
            case RUNS -> "running".equals(saidState) && saidCode == null;
            case HELD -> "paused".equals(saidState) && saidCode == null;
            case LOST -> "lost".equals(saidState) && saidCode == null || "stopped".equals(saidState) && disturbed;
            case ENDS -> saidCode == null ? "running".equals(saidState) : ownEnding(saidState, saidCode) || disturbed && "stopped".equals(saidState);
            case ENDED -> saidCode != null && saidCode.equals(code) && saidState.equals(state);
        };
        if (!fine) {
            throw new AssertionError(this + " is said to be " + saidState + " with exit status " + saidCode + "; " + job);
        }
        if (saidCode != null) {
            phase = Phase.ENDED;
            state = saidState;
            code = saidCode;
        }
    }

    private boolean ownEnding(String saidState, int saidCode) {
        return saidCode == work.code() && saidState.equals(work.state());
    }

    void ended(String how, int status) {
        phase = Phase.ENDED;
        state = how;
        code = status;
    }

    /** The record's files only grow, and the ending never changes. */
    void checkFiles() {
        try {
            byte[] now = Files.readAllBytes(record.meta());
            if (now.length < meta.length || !Arrays.equals(meta, Arrays.copyOf(now, meta.length))) {
                throw new AssertionError("the meta of " + this + " was changed");
            }
            meta = now;
            String ending = record.exitText();
            if (exit != null && !exit.equals(ending)) {
                throw new AssertionError("the ending of " + this + " was " + exit + " and is " + ending);
            }
            exit = ending;
            byte[] log = Files.readAllBytes(record.log());
            byte[] all = work.output().getBytes(StandardCharsets.UTF_8);
            boolean whole = phase == Phase.ENDED && !disturbed;
            if (log.length > all.length || whole && log.length < all.length || !Arrays.equals(log, Arrays.copyOf(all, log.length))) {
                throw new AssertionError("the log of " + this + " holds " + Arrays.toString(log) + " instead of " + Arrays.toString(all));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return id + " (" + phase + (state == null ? "" : " " + state + " " + code) + (disturbed ? ", disturbed" : "") + ", " + work.words() + ")";
    }
}
