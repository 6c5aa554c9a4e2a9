package bgjob.backend.local;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.Survivor;
import bgjob.process.Commands;
import bgjob.process.ProcessEntry;
import bgjob.process.ProcessTable;
import bgjob.process.Signals;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** This machine: a job is a detached process group, led by the shell that runs the job script. */
public final class LocalBackend implements Backend {
    private static final long LEADER_MILLIS = 1000;
    /** What the leader says before its pid and its group, when the record is made. */
    private static final String RECORDED = "recorded ";
    private static final int ROUNDS = 2;
    private static final int BATCH_ROUNDS = 20;
    private static final long INSIST_MILLIS = 1000;
    private static final long NAP_MILLIS = 10;

    private final ProcessTable table;
    private final String shell;
    private final Map<String, String> environment;

    /**
     * @param shell the POSIX shell that runs job scripts
     * @param environment the caller's environment
     */
    public LocalBackend(ProcessTable table, String shell, Map<String, String> environment) {
        this.table = table;
        this.shell = shell;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String unavailable() {
        return new File(shell).canExecute() ? null
                : "there is no shell to run a job with: " + shell + " is missing or not executable; set BGJOB_SH to a POSIX shell's path";
    }

    @Override
    public Facts describe() {
        Facts facts = new Facts();
        facts.add("host", table.host());
        String space = table.pidNamespace();
        facts.add("pid_ns", space == null ? "" : space);
        return facts;
    }

    @Override
    public Facts submit(BackendRef ref, String script) {
        List<String> command = new ArrayList<>();
        Commands.restoreEnvironment(command, environment);
        command.add(shell);
        command.add(script);
        command.add("detach");
        String said = Commands.startAndListen(command);
        int word = ("\n" + said).indexOf("\n" + RECORDED);
        int end = word < 0 ? -1 : said.indexOf('\n', word);
        int blank = end < 0 ? -1 : said.lastIndexOf(' ', end);
        if (blank < word + RECORDED.length()) {
            String why = said.isBlank() ? "its shell " + shell + " ended without a word" : said.strip();
            throw BgjobException.failed("job " + ref.id() + " was not started: " + why);
        }
        Facts facts = new Facts();
        facts.add("pid", said.substring(word + RECORDED.length(), blank));
        facts.add("pgid", said.substring(blank + 1, end));
        return facts;
    }

    @Override
    public List<Observation> observe(List<BackendRef> refs) {
        List<Observation> seen = new ArrayList<>(refs.size());
        for (BackendRef ref : refs) {
            Observation leader = new Leader(table, ref.facts()).observe();
            boolean gone = leader.sight() == Sight.GONE && !Leader.REBOOTED.equals(leader.why());
            seen.add(gone ? new Observation(Sight.GONE, leader.why(), -1, members(ref)) : leader);
        }
        return seen;
    }

    @Override
    public List<Survivor> members(BackendRef ref) {
        Members members = new Members(table, ref);
        return members.describe(members.find());
    }

    @Override
    public String untouchable(BackendRef ref) {
        return new Members(table, ref).holdsCaller() ? "cannot be stopped from inside itself; a job ends by exiting" : null;
    }

    @Override
    public void signal(BackendRef ref, String signal) {
        Members members = new Members(table, ref);
        switch (signal) {
            case "KILL" -> kill(members);
            case "CONT" -> Signals.send(signal, targets(members.find(), members.leader()));
            case "STOP" -> hold(members);
            default -> tell(members, signal);
        }
    }

    /**
     * Signals every member once; those forked while that went on only where their parent has gone, since one with a parent may
     * be cleaning up for it. A fork of the leader that has not yet become the command is told again, and once more when it has: dash
     * may swallow a signal there. The leader of a command that runs is left out: it only waits, and a signal at the very moment when
     * its command ends can cost bash and ksh93 the exit status.
     */
    private static void tell(Members members, String signal) {
        Set<Long> told = new HashSet<>();
        Set<Long> forks = new HashSet<>();
        if (members.leader().hasStarted()) {
            told.add(members.leader().pid());
        }
        long end = System.nanoTime() + INSIST_MILLIS * 1_000_000;
        for (int round = 0; round <= ROUNDS || System.nanoTime() < end; round++) {
            List<ProcessEntry> found = members.find();
            Set<Long> living = new HashSet<>();
            for (ProcessEntry entry : found) {
                living.add(entry.pid());
            }
            List<Long> fresh = new ArrayList<>();
            boolean unborn = false;
            for (ProcessEntry entry : found) {
                boolean fork = members.isCommandToBe(entry);
                unborn |= fork;
                boolean due = round == 0 || forks.contains(entry.pid()) || !living.contains(entry.ppid());
                if (fork) {
                    forks.add(entry.pid());
                }
                if (fork || due && told.add(entry.pid())) {
                    fresh.add(entry.pid());
                }
            }
            Signals.send(signal, fresh);
            boolean seen = !unborn || members.leader().isBatch() && round >= BATCH_ROUNDS;
            if (round >= ROUNDS && (seen || !nap())) {
                return;
            }
        }
        if (members.leader().process() != null) { // it goes on to tell its fork
            Signals.send(signal, List.of(members.leader().pid()));
        }
    }

    /**
     * Stops all, until nobody is left that runs: processes outside of the group may fork meanwhile. A leader that waits in vfork(2)
     * for a child that is held is not held itself before the child has gone on and become a program.
     */
    private static void hold(Members members) {
        Signals.send("STOP", targets(members.find(), members.leader()));
        long end = System.nanoTime() + INSIST_MILLIS * 1_000_000;
        for (int round = 0; (round < ROUNDS || System.nanoTime() < end) && nap(); round++) {
            List<ProcessEntry> found = members.find();
            ProcessEntry leader = members.leader().process();
            List<Long> waitedFor = new ArrayList<>();
            found.removeIf(entry -> entry.held() && !(leader != null && !leader.held() && entry.ppid() == leader.pid() && waitedFor.add(entry.pid())));
            if (leader == null || found.isEmpty()) {
                return;
            }
            if (!waitedFor.isEmpty()) {
                Signals.send("CONT", waitedFor);
                nap();
            }
            Signals.send("STOP", targets(found, members.leader()));
        }
    }

    /** @return whether it was not interrupted */
    private static boolean nap() {
        try {
            Thread.sleep(NAP_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void kill(Members members) {
        Leader leader = members.leader();
        List<Long> others = new ArrayList<>();
        for (ProcessEntry entry : members.find()) {
            if (entry.pid() != leader.pid()) {
                others.add(entry.pid());
            }
        }
        Signals.send("KILL", others);
        if (leader.process() != null) {
            Signals.send("CONT", List.of(leader.pid())); // held, it could not record
        }
        awaitLeader(leader);
        Signals.send("KILL", targets(members.find(), leader));
    }

    /** The group in one go, so that no process forked meanwhile escapes; beside it only those that left it. */
    private static List<Long> targets(List<ProcessEntry> found, Leader leader) {
        List<Long> targets = new ArrayList<>();
        for (ProcessEntry entry : found) {
            if (entry.pgid() != leader.pgid()) {
                targets.add(entry.pid());
            } else if (!targets.contains(-leader.pgid())) {
                targets.add(-leader.pgid());
            }
        }
        return targets;
    }

    private static void awaitLeader(Leader leader) {
        long end = System.nanoTime() + LEADER_MILLIS * 1_000_000;
        while (leader.process() != null && System.nanoTime() < end && nap()) {
            // it records the ending
        }
    }
}
