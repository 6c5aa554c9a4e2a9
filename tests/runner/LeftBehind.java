package runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The processes that tests have started and not ended, known by a mark in their environment. Needs /proc. */
public class LeftBehind {

    private static final Path PROC = Path.of("/proc");

    private final String mark;

    public LeftBehind(String run) {
        mark = "\0BGJOB_TEST_RUN=" + run + "\0";
    }

    /** Those still there after a moment: a process that has just been killed is given the time to go. */
    public List<Stray> await() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        List<Stray> strays = find();
        while (!strays.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            strays = find();
        }
        return strays;
    }

    public List<Stray> find() {
        if (!Files.exists(PROC.resolve("self/environ"))) {
            return List.of();
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> ("\0" + read(process.resolve("environ"))).contains(mark))
                    .map(process -> new Stray(Long.parseLong(process.getFileName().toString()),
                            read(process.resolve("cmdline")).replace('\0', ' ').trim()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + PROC, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) { // ended meanwhile, or another user's
            return "";
        }
    }

    public record Stray(long pid, String command) {

        public void kill() {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }

        @Override
        public String toString() {
            return pid + " " + command;
        }
    }
}
