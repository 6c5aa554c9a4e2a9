package bgjob.backend.local;

import bgjob.backend.BackendRef;
import bgjob.job.Redaction;
import bgjob.job.Survivor;
import bgjob.process.ProcessEntry;
import bgjob.process.ProcessTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Finds a job's processes: its group, those whose environment carries its id (they keep it when they leave the group or are
 * orphaned), and the descendants of either. Never another job's, which carry another id, and never the caller or its ancestors.
 */
final class Members {
    private final ProcessTable table;
    private final String mark;
    private final String place;
    private final Leader leader;

    Members(ProcessTable table, BackendRef ref) {
        this.table = table;
        this.mark = "BGJOB_ID=" + ref.id();
        this.place = "BGJOB_DIR=" + ref.dir();
        this.leader = new Leader(table, ref.facts());
    }

    Leader leader() {
        return leader;
    }

    /** @return the job's living processes; empty when its pids mean nothing here */
    List<ProcessEntry> find() {
        List<ProcessEntry> members = new ArrayList<>();
        if (leader.elsewhere() != null) {
            return members;
        }
        List<ProcessEntry> all = table.all();
        Set<Long> spared = callers(all);
        Set<Long> found = ids(all);
        for (ProcessEntry entry : all) {
            if (found.contains(entry.pid()) && !spared.contains(entry.pid())) {
                members.add(entry);
            }
        }
        return members;
    }

    private Set<Long> ids(List<ProcessEntry> all) {
        Set<Long> found = new HashSet<>();
        boolean group = ownsGroup(all);
        for (ProcessEntry entry : all) {
            boolean member = group && entry.pgid() == leader.pgid() || marked(entry);
            if (member && !entry.dead()) {
                found.add(entry.pid());
            }
        }
        while (addChildren(all, found)) {
            // until no generation is missing
        }
        return found;
    }

    /**
     * @return whether the process was forked by the leader and still runs the leader's program: the command to be, or the
     *     runner of a batch; others that watch over a command are told apart once that is known
     */
    boolean isCommandToBe(ProcessEntry entry) {
        return (!leader.hasStarted() || leader.child() == entry.pid() || table.find(leader.child()) == null) && entry.ppid() == leader.pid() && entry.pid() != leader.pid()
                && Objects.equals(table.command(entry.pid()), table.command(leader.pid()));
    }

    /** @return whether the caller, or what called it, is part of the job */
    boolean holdsCaller() {
        if (leader.elsewhere() != null) {
            return false;
        }
        List<ProcessEntry> all = table.all();
        Set<Long> callers = callers(all);
        callers.retainAll(ids(all));
        return !callers.isEmpty();
    }

    /** The id of a group is not given away while a process is in it; so one known member proves the group. */
    private boolean ownsGroup(List<ProcessEntry> all) {
        long pgid = leader.pgid();
        if (pgid < 2) {
            return false;
        }
        ProcessEntry known = leader.process();
        if (known != null) {
            return known.pgid() == pgid; // a damaged meta may name another group
        }
        for (ProcessEntry entry : all) {
            if (entry.pgid() == pgid && marked(entry)) {
                return true;
            }
        }
        return false;
    }

    private boolean marked(ProcessEntry entry) {
        return table.hasEnvironment(entry.pid(), mark) && table.hasEnvironment(entry.pid(), place);
    }

    private boolean addChildren(List<ProcessEntry> all, Set<Long> found) {
        boolean added = false;
        for (ProcessEntry entry : all) {
            if (found.contains(entry.ppid()) && !found.contains(entry.pid()) && !entry.dead() && !ofAnotherJob(entry)) {
                added |= found.add(entry.pid());
            }
        }
        return added;
    }

    private boolean ofAnotherJob(ProcessEntry entry) {
        return table.hasVariable(entry.pid(), "BGJOB_ID") && !marked(entry);
    }

    private static Set<Long> callers(List<ProcessEntry> all) {
        Set<Long> callers = new HashSet<>();
        long pid = ProcessHandle.current().pid();
        while (pid > 0 && callers.add(pid)) {
            long parent = 0;
            for (ProcessEntry entry : all) {
                parent = entry.pid() == pid ? entry.ppid() : parent;
            }
            pid = parent;
        }
        return callers;
    }

    /** @return the processes as people know them */
    List<Survivor> describe(List<ProcessEntry> entries) {
        List<Survivor> survivors = new ArrayList<>();
        for (ProcessEntry entry : entries) {
            String command = table.command(entry.pid());
            if (command != null) { // else it has ended meanwhile
                survivors.add(new Survivor(entry.pid(), entry.pgid(), Redaction.mask(command)));
            }
        }
        return survivors;
    }
}
