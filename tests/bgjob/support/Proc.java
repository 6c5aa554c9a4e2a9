package bgjob.support;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process as proc(5) shows it, read without any of the program's own code. */
public record Proc(long pid) {
    /** @return whether it runs; a zombie does not */
    public boolean alive() {
        String state = stat(0);
        return state != null && !state.equals("Z") && !state.equals("X");
    }

    /** @return the letter of ps(1), or "gone" */
    public String state() {
        String state = stat(0);
        return state == null ? "gone" : state;
    }

    public long ppid() {
        return number(1);
    }

    public long pgid() {
        return number(2);
    }

    public long sid() {
        return number(3);
    }

    /** @return whether a terminal controls it */
    public boolean hasTerminal() {
        return number(4) > 0;
    }

    /** @return when it started, in clock ticks since boot, or null when it is gone */
    public String startTicks() {
        return stat(19);
    }

    private long number(int field) {
        String text = stat(field);
        return text == null ? -1 : Long.parseLong(text);
    }

    /** Fields are counted from the state, which stands behind the name in brackets. */
    private String stat(int field) {
        String text = read("stat");
        return text.isEmpty() ? null : text.substring(text.lastIndexOf(')') + 2).trim().split(" ")[field];
    }

    /** @return the variable's value in the environment the process was started with, or null */
    public String variable(String name) {
        for (String assignment : read("environ").split("\0")) {
            if (assignment.startsWith(name + "=")) {
                return assignment.substring(name.length() + 1);
            }
        }
        return null;
    }

    public String commandLine() {
        return read("cmdline").replace('\0', ' ').trim();
    }

    /** @param name without SIG */
    public void signal(String name) {
        signal(name, pid);
    }

    /** @param target a pid, or a process group's id with a minus sign */
    public static void signal(String name, long target) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" -- \"$2\"", "sh", name, Long.toString(target))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void awaitEnd() {
        Await.until("process " + pid + " ends: " + commandLine(), () -> !alive());
    }

    public static List<Proc> all() {
        List<Proc> all = new ArrayList<>();
        for (String name : new File("/proc").list()) {
            if (Character.isDigit(name.charAt(0))) {
                all.add(new Proc(Long.parseLong(name)));
            }
        }
        return all;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone, or another user's
        }
    }
}
