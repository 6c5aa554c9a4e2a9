package bgjob.backend.local;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.Facts;
import bgjob.job.Uptime;
import bgjob.process.ProcessEntry;
import bgjob.process.ProcessTable;
import java.util.List;

/**
 * The recorded leader of a job: a pid means something only together with the process's start time, the boot and the pid name
 * space it was recorded in, since pids are used again.
 */
final class Leader {
    private final ProcessTable table;
    private final Facts facts;
    private final long pid;

    Leader(ProcessTable table, Facts facts) {
        this.table = table;
        this.facts = facts;
        this.pid = facts.number("pid");
    }

    long pid() {
        return pid;
    }

    long pgid() {
        return facts.number("pgid");
    }

    /** @return whether it has started the command */
    boolean hasStarted() {
        return facts.number("child_pid") > 0;
    }

    /** @return the command's process of the newest attempt known, or -1 */
    long child() {
        String child = facts.last("child_pid");
        return child == null ? -1 : Facts.parse(child);
    }

    /** @return whether its command is a list of items, which no program but its own shell runs */
    boolean isBatch() {
        return facts.number("batch") > 0;
    }

    /** @return the process when it is the recorded one and lives, a zombie not counted; else null */
    ProcessEntry process() {
        ProcessEntry entry = pid < 1 ? null : table.find(pid);
        return entry != null && entry.startTime().equals(facts.first("start_time")) && !entry.dead() ? entry : null;
    }

    /** @return why pids recorded for this job mean nothing here, or null when they do; {@code REBOOTED} when all of them are gone */
    String elsewhere() {
        String boot = facts.first("boot_id");
        String here = table.bootId();
        if (boot != null && here != null && !boot.equals(here)) {
            String host = facts.first("host");
            return host == null || host.equals(table.host()) ? REBOOTED : "it runs on " + host + ", which cannot be seen from " + table.host();
        }
        String space = facts.first("pid_ns");
        if (space != null && !space.equals(table.pidNamespace())) {
            return "it was started in another container or pid name space (" + space + "), which cannot be seen from this one";
        }
        return null;
    }

    static final String REBOOTED = "the machine was restarted while it ran";

    /** @return what is to be seen, survivors left out */
    Observation observe() {
        if (pid < 1) {
            return Observation.of(Sight.CANNOT_TELL, "its meta names no process; the file may be damaged");
        }
        String elsewhere = elsewhere();
        if (elsewhere != null) {
            return Observation.of(elsewhere.equals(REBOOTED) ? Sight.GONE : Sight.CANNOT_TELL, elsewhere);
        }
        ProcessEntry entry = process();
        if (entry != null) {
            long started = Uptime.millis(facts.first("uptime"));
            long now = started < 0 ? -1 : table.uptimeMillis();
            return new Observation(entry.held() ? Sight.HELD : Sight.RUNNING, null, now < 0 ? -1 : now - started, List.of());
        }
        if (facts.first("start_time") == null && table.find(pid) != null) {
            return Observation.of(Sight.CANNOT_TELL, "process " + pid + " lives, but no start time is recorded to know it by");
        }
        return Observation.of(Sight.GONE, "its leader, process " + pid + ", is gone and recorded no ending: it was killed, or could not write");
    }
}
