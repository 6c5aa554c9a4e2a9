package bgjob.core;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.Durations;
import bgjob.job.ExitStatus;
import bgjob.job.Facts;
import bgjob.job.JobState;
import bgjob.job.Leavings;
import bgjob.store.JobStore;

/**
 * Turns what is recorded and what was seen into a state; the only place that does. An ending that is recorded outweighs
 * everything seen; what neither record nor sight can show has no state.
 *
 * @param state the state, or null when it cannot be told
 * @param reason one sentence where the state needs one, or null
 * @param exit how it ended, or null
 */
record StateRule(JobState state, String reason, ExitStatus exit) {
    /** So many processes that were left are named. */
    private static final int MOST_NAMES = 5;

    /** @param exit what {@link JobStore#exit} answered; must not be {@link JobStore#NO_EXIT} */
    static StateRule ended(Facts facts, int exit, String exitPath) {
        if (exit == JobStore.BAD_EXIT) {
            long noted = facts.number("exit");
            if (noted < 0 || noted > 255) {
                return new StateRule(null, exitPath + " holds no exit status; it may be damaged", null);
            }
            return ending(facts, (int) noted, exitPath + " is damaged; the ending is from the meta");
        }
        return ending(facts, exit, null);
    }

    static StateRule unended(Facts facts, Observation seen, String exitPath) {
        if (seen.sight() == Sight.QUEUED) {
            return new StateRule(JobState.QUEUED, seen.why(), null);
        }
        if (seen.sight() == Sight.RUNNING) {
            long ended = facts.number("exit");
            if (ended < 0 && facts.first("queued") != null && facts.first("started") == null) {
                return new StateRule(JobState.QUEUED, null, null);
            }
            String waits = ended < 0 ? waiting(facts) : null;
            return new StateRule(JobState.RUNNING, ended < 0 ? waits == null && seen.told() != null ? seen.why() : waits : "the command has ended with " + ended + ", but " + exitPath
                    + " could not be written yet; is the disk full?", null);
        }
        if (seen.sight() == Sight.HELD) {
            return new StateRule(JobState.PAUSED, seen.told() != null ? seen.why()
                    : "held by a signal; bgjob resume lets it go on", null);
        }
        long noted = facts.number("exit");
        if (noted >= 0 && noted <= 255) {
            return ending(facts, (int) noted, exitPath + " is missing; the ending is from the meta");
        }
        return seen.sight() == Sight.GONE ? new StateRule(JobState.LOST, lost(seen), null) : new StateRule(null, seen.why(), null);
    }

    /** Between two attempts the leader sleeps. */
    private static String waiting(Facts facts) {
        String after = null;
        for (int i = 0; i < facts.size(); i++) {
            if (facts.key(i).equals("attempt")) {
                after = null;
            } else if (facts.key(i).equals("attempt_exit")) {
                after = facts.value(i);
            }
        }
        return after == null ? null : "the last attempt ended with " + after + " at " + facts.last("attempt_ended") + "; the next begins "
                + facts.last("retry_delay") + " s later";
    }

    private static String lost(Observation seen) {
        int left = seen.survivors().size();
        return left == 0 ? seen.why() : seen.why() + "; " + left + (left == 1 ? " process of it still runs" : " processes of it still run");
    }

    private static StateRule ending(Facts facts, int code, String reason) {
        String signal = facts.last("signal");
        ExitStatus exit = new ExitStatus(code, code > 128 ? signal : null);
        String doubt = facts.last("exit_doubt");
        String why = reason == null ? doubt : reason;
        String notRun = facts.first("not_run");
        if (notRun != null) {
            return new StateRule(JobState.STOPPED, "not run: " + notRun, exit);
        }
        if (askedBefore(facts, "stop_signal")) {
            return new StateRule(JobState.STOPPED, why == null ? items(facts) : why, exit);
        }
        if (askedBefore(facts, "timeout_signal")) {
            return new StateRule(JobState.TIMED_OUT, facts.last("timeout_by") != null || facts.number("timeout") < 0 ? "its scheduler's time limit was up" : "its time of " + Durations.format(Math.max(0, facts.number("timeout")) * 1000) + " was up", exit);
        }
        why = why == null && code != 0 ? items(facts) : why;
        why = why == null ? left(facts) : why;
        JobState state = code == 0 ? JobState.COMPLETED : code == ExitStatus.PAUSED ? JobState.PAUSED : JobState.FAILED;
        return new StateRule(state, why, exit);
    }

    /** Which processes the command had left running when it ended, or null. */
    private static String left(Facts facts) {
        int left = Leavings.of(facts).processes();
        if (left == 0) {
            return null;
        }
        StringBuilder names = new StringBuilder();
        int named = 0;
        for (int i = 0; i < facts.size() && named < MOST_NAMES; i++) {
            if (facts.key(i).equals("left_process")) {
                names.append(named++ == 0 ? ": " : ", ").append(facts.value(i));
            }
        }
        return (left == 1 ? "it left a process" : "it left " + left + " processes") + " running when it ended" + names + (named < left ? ", …" : "")
                + (facts.last("node") == null ? "; bgjob stop ends what still runs" : "; bgjob cannot end them, as they are on " + facts.last("node"));
    }

    /** What became of a batch's items, which its shell counts where not all were completed; or null. */
    private static String items(Facts facts) {
        String ok = facts.last("items_ok");
        if (ok == null) {
            return null;
        }
        long all = facts.number("batch");
        long failed = Facts.parse(facts.last("items_failed"));
        long paused = Facts.parse(facts.last("items_paused"));
        long left = all - Facts.parse(ok) - failed - paused;
        return failed + " of " + all + " items failed" + (paused > 0 ? ", " + paused + " ended with 75" : "")
                + (left > 0 ? ", " + left + " did not run to an end" : "")
                + (facts.last("items_said") == null ? "" : "; Slurm says of its tasks: " + facts.last("items_said"));
    }

    /** Lines of the meta stand in the order written: a stop asked for behind the ending came too late to matter. */
    private static boolean askedBefore(Facts facts, String key) {
        boolean asked = false;
        for (int i = 0; i < facts.size(); i++) {
            if (facts.key(i).equals("exit")) {
                return asked;
            }
            asked &= !facts.key(i).equals("attempt");
            asked |= facts.key(i).equals(key);
        }
        return asked;
    }
}
