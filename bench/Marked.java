package bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A process that was started with a mark in its environment, by whatever daemon: nothing else is ever counted or killed. */
record Marked(long pid) {
    static final String VARIABLE = "BGJOB_BENCH";

    private static final long MOST_NANOS = 20_000_000_000L;
    private static final long STEP_NANOS = 20_000_000;

    /** Memory in KiB: what it has, and its share of what several processes have together. */
    record Memory(long resident, long proportional) {
        Memory plus(Memory other) {
            return new Memory(resident + other.resident, proportional + other.proportional);
        }
    }

    /** @return the living processes whose mark begins so, this one left out */
    static List<Marked> all(String mark) {
        List<Marked> found = new ArrayList<>();
        String[] names = new File("/proc").list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0)) && !name.equals(Long.toString(ProcessHandle.current().pid()))) {
                Marked process = new Marked(Long.parseLong(name));
                for (String variable : process.read("environ").split("\0")) {
                    if (variable.startsWith(VARIABLE + "=" + mark)) {
                        found.add(process);
                    }
                }
            }
        }
        return found;
    }

    /** @return the words of its command line; empty when it has gone */
    String[] words() {
        return read("cmdline").split("\0");
    }

    /** @return the name of the program */
    String program() {
        return read("comm").strip();
    }

    Memory memory() {
        long resident = 0;
        long proportional = 0;
        for (String line : read("smaps_rollup").split("\n")) {
            if (line.startsWith("Rss:")) {
                resident = kibibytes(line);
            } else if (line.startsWith("Pss:")) {
                proportional = kibibytes(line);
            }
        }
        return new Memory(resident, proportional);
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has gone, or is another user's
        }
    }

    /** Ends all whose mark begins so, kindly at first. */
    static void end(String mark) {
        long kind = System.nanoTime() + MOST_NANOS / 10;
        long end = System.nanoTime() + MOST_NANOS;
        List<Marked> left = all(mark);
        while (!left.isEmpty()) {
            for (Marked process : left) {
                boolean patient = System.nanoTime() < kind;
                ProcessHandle.of(process.pid).ifPresent(handle -> {
                    if (patient) {
                        handle.destroy();
                    } else {
                        handle.destroyForcibly();
                    }
                });
            }
            LockSupport.parkNanos(STEP_NANOS);
            left = all(mark);
            if (System.nanoTime() > end) {
                throw new IllegalStateException("cannot end what was started for measuring: " + left);
            }
        }
    }
}
