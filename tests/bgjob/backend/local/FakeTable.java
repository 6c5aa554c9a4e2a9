package bgjob.backend.local;

import bgjob.process.ProcessEntry;
import bgjob.process.ProcessTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine made of paper, for what a real one cannot be made to show: a reboot, another container, a pid used again. */
final class FakeTable implements ProcessTable {
    /** Beyond the largest pid that Linux gives, so that a signal sent by mistake reaches nobody. */
    static final long BASE = 5_000_000;

    String boot = "boot-1";
    String space = "pid:[1]";
    String host = "here";
    long uptime = 100_000;

    private final Map<Long, ProcessEntry> entries = new HashMap<>();
    private final Map<Long, Set<String>> environments = new HashMap<>();

    FakeTable add(long pid, long ppid, long pgid, char state, String... environment) {
        entries.put(pid, new ProcessEntry(pid, ppid, pgid, pgid, state, "ticks:" + pid));
        environments.put(pid, new HashSet<>(List.of(environment)));
        return this;
    }

    @Override
    public ProcessEntry find(long pid) {
        return entries.get(pid);
    }

    @Override
    public List<ProcessEntry> all() {
        return new ArrayList<>(entries.values());
    }

    @Override
    public boolean hasEnvironment(long pid, String assignment) {
        return environments.getOrDefault(pid, Set.of()).contains(assignment);
    }

    @Override
    public boolean hasVariable(long pid, String name) {
        return environments.getOrDefault(pid, Set.of()).stream().anyMatch(assignment -> assignment.startsWith(name + "="));
    }

    @Override
    public String command(long pid) {
        return "command " + pid;
    }

    @Override
    public String bootId() {
        return boot;
    }

    @Override
    public String pidNamespace() {
        return space;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public long uptimeMillis() {
        return uptime;
    }
}
