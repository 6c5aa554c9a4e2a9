package bgjob.backend.slurm;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.backend.Observation.Told;
import bgjob.job.Facts;
import bgjob.job.Rfc3339;
import java.util.List;

/** What Slurm's word for a state means for a job whose leader has recorded no ending (docs/slurm.md has the table). */
final class Verdict {
    private static final int BY_TERM = 143;
    private static final int BY_KILL = 137;
    /** As here, where a job that must not start any more ends so. */
    private static final int NOT_RUN = 126;

    private final Row row;
    private final Facts known;
    private final long settle;
    private final Facts facts = new Facts();

    /**
     * @param known what the job's meta says
     * @param settle for how many milliseconds after Slurm's end the ending may still be on its way through a shared file system
     */
    Verdict(Row row, Facts known, long settle) {
        this.row = row;
        this.known = known;
        this.settle = settle;
    }

    Observation observation() {
        boolean begun = known.first("started") != null;
        switch (row.state()) {
            case "SUSPENDED":
                return seen(Sight.HELD, "suspended in Slurm (scontrol suspend); bgjob resume lets it go on, where Slurm lets you do that");
            case "STOPPED":
                return seen(Sight.HELD, "held in Slurm (" + row.state() + "); bgjob resume lets it go on");
            case "RUNNING", "COMPLETING", "SIGNALING", "STAGE_OUT", "RESIZING":
                return begun ? seen(Sight.RUNNING, row.state().equals("RUNNING") ? null : "Slurm says " + row.state())
                        : seen(Sight.QUEUED, "Slurm starts it on " + row.node());
            default:
                if (row.active()) {
                    return seen(Sight.QUEUED, "waits in Slurm's queue" + (row.reason() == null ? "" : ": " + row.reason()));
                }
        }
        long now = System.currentTimeMillis();
        boolean killed = row.status() > 0 && (row.status() & 127) != 0; // a leader that was killed has nothing on its way
        if (begun && !killed && row.ended() > 0 && now - row.ended() < settle) {
            return seen(Sight.RUNNING, "Slurm says " + row.state() + "; its ending is not to be seen yet in this directory");
        }
        return ended(now);
    }

    private Observation ended(long now) {
        String said = "Slurm says " + row.state() + (row.reason() == null ? "" : " (" + row.reason() + ")");
        facts.add("slurm_state", row.state());
        switch (row.state()) {
            case "CANCELLED", "REVOKED":
                if ("DependencyNeverSatisfied".equals(row.reason())) {
                    facts.add("not_run", "a job that it waits for was not completed");
                    return end(now, NOT_RUN);
                }
                if (known.last("stop_signal") == null) {
                    facts.add("stop_at", Rfc3339.utc(now));
                    facts.add("stop_by", "Slurm");
                    facts.add("stop_reason", said);
                    facts.add("stop_signal", "TERM");
                }
                return end(now, BY_TERM);
            case "TIMEOUT", "DEADLINE":
                facts.add("timeout_at", Rfc3339.utc(now));
                facts.add("timeout_by", "Slurm");
                facts.add("timeout_signal", "TERM");
                return end(now, BY_TERM);
            case "PREEMPTED":
                facts.add("exit_doubt", said + "; it recorded no ending itself");
                return end(now, BY_TERM);
            case "OUT_OF_MEMORY":
                facts.add("exit_doubt", said + "; it recorded no ending itself");
                return end(now, BY_KILL);
            default:
                return lost(said);
        }
    }

    private Observation end(long now, int otherwise) {
        int code = row.code() > 128 ? row.code() : otherwise;
        String signal = code == BY_TERM ? "TERM" : code == BY_KILL ? "KILL" : null;
        if (signal != null) {
            facts.add("signal", signal);
        }
        facts.add("ended", Rfc3339.utc(row.ended() > 0 ? row.ended() : now));
        return new Observation(Sight.ENDED, "Slurm", -1, List.of(), new Told(row.state(), row.node(), facts, code));
    }

    private Observation lost(String said) {
        String where = row.node() == null ? "" : " on " + row.node();
        String why = known.first("started") == null && row.status() >= 0 && !row.state().equals("NODE_FAIL")
                ? said + ": its script did not begin" + where + "; is its directory on a file system that all nodes share?"
                : said + ": it is gone" + where + " and recorded no ending";
        return new Observation(Sight.GONE, why, -1, List.of(), new Told(row.state(), row.node(),
                row.state().equals(known.last("slurm_state")) ? new Facts() : facts, -1));
    }

    private Observation seen(Sight sight, String why) {
        return new Observation(sight, why, -1, List.of(), new Told(row.state(), row.node(), new Facts(), -1));
    }
}
