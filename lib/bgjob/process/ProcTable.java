package bgjob.process;

import bgjob.job.Facts;
import bgjob.job.Uptime;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Linux: proc(5). */
final class ProcTable implements ProcessTable {
    private final String proc;

    ProcTable(String proc) {
        this.proc = proc;
    }

    @Override
    public ProcessEntry find(long pid) {
        String stat = text(proc + "/" + pid + "/stat");
        return stat == null ? null : parse(stat);
    }

    /** The name in brackets may hold anything, brackets included; behind the last one come state, ppid, pgrp, session, …, start. */
    static ProcessEntry parse(String stat) {
        int open = stat.indexOf(" (");
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < open) {
            return null;
        }
        long[] fields = new long[20];
        int field = 0;
        int start = close + 4;
        while (field < 19 && start < stat.length()) {
            int end = stat.indexOf(' ', start);
            end = end < 0 ? stat.length() : end;
            fields[++field] = Facts.parse(stat.substring(start, end));
            start = end + 1;
        }
        return new ProcessEntry(Facts.parse(stat.substring(0, open)), fields[1], fields[2], fields[3], stat.charAt(close + 2),
                "ticks:" + fields[19]);
    }

    @Override
    public List<ProcessEntry> all() {
        List<ProcessEntry> all = new ArrayList<>();
        String[] names = new File(proc).list();
        if (names != null) {
            for (String name : names) {
                long pid = Facts.parse(name);
                ProcessEntry entry = pid > 0 ? find(pid) : null;
                if (entry != null) {
                    all.add(entry);
                }
            }
        }
        return all;
    }

    @Override
    public boolean hasEnvironment(long pid, String assignment) {
        String environ = text(proc + "/" + pid + "/environ");
        return environ != null && ("\0" + environ).contains("\0" + assignment + "\0");
    }

    @Override
    public boolean hasVariable(long pid, String name) {
        String environ = text(proc + "/" + pid + "/environ");
        return environ != null && ("\0" + environ).contains("\0" + name + "=");
    }

    @Override
    public String command(long pid) {
        String line = text(proc + "/" + pid + "/cmdline");
        if (line == null || line.isEmpty()) {
            String name = text(proc + "/" + pid + "/comm");
            return name == null ? null : "[" + name.strip() + "]";
        }
        return line.replace('\0', ' ').strip();
    }

    @Override
    public String bootId() {
        String id = text(proc + "/sys/kernel/random/boot_id");
        return id == null ? null : id.strip();
    }

    @Override
    public String pidNamespace() {
        try {
            return Files.readSymbolicLink(Path.of(proc + "/self/ns/pid")).toString();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public String host() {
        String name = text(proc + "/sys/kernel/hostname");
        return name == null ? "localhost" : name.strip();
    }

    @Override
    public long uptimeMillis() {
        String uptime = text(proc + "/uptime");
        return uptime == null ? -1 : Uptime.millis(uptime);
    }

    private static String text(String path) {
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
