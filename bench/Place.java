package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A temporary folder with a HOME of its own, in which everything is started; closing it ends and removes all of that. */
final class Place implements AutoCloseable {
    private static final long MOST_MINUTES = 20;
    private static final int MOST_TRIES = 10;
    private static final long STEP_NANOS = 5_000_000;

    private final Path root;
    private final String mark = "bench-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    private final Map<String, String> environment = new TreeMap<>();

    Place(Path parent) throws IOException {
        root = Files.createTempDirectory(parent, "bgjob-bench-").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        System.getenv().forEach((name, value) -> {
            if (!name.matches("(BGJOB|JBANG|GIT|XDG|PM2|TS|NQ)_?.*|.*JAVA.*OPTIONS|VIRTUAL_ENV|JAVA_HOME")) {
                environment.put(name, value);
            }
        });
        environment.put("JBANG_DIR", System.getenv().getOrDefault("JBANG_DIR", System.getProperty("user.home") + "/.jbang"));
        environment.put("HOME", folder("home").toString());
        environment.put("TMPDIR", folder("tmp").toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put(Marked.VARIABLE, mark);
    }

    /** @return what everything started here finds in its environment; changes count for later starts */
    Map<String, String> environment() {
        return environment;
    }

    /** @return the mark of everything started here */
    String mark() {
        return mark;
    }

    /** @return a folder below the root, made if it is not there */
    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** @return a folder with a git repository of one commit in it */
    Path repository(String name) throws Exception {
        Path folder = folder(name);
        run(folder, "sh", "-c", "git init -q -b main && git config user.name Bench && git config user.email bench@example.org"
                + " && echo text >file.txt && git add file.txt && git commit -q -m 'First commit'");
        return folder;
    }

    ProcessBuilder command(Path folder, Map<String, String> more, String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        return builder.redirectInput(Path.of("/dev/null").toFile());
    }

    /** Runs a program that must do as it is told. @return what it printed on both streams */
    String run(Path folder, String... words) throws Exception {
        return run(folder, Map.of(), words);
    }

    String run(Path folder, Map<String, String> more, String... words) throws Exception {
        Path printed = Files.createTempFile(root, "printed", "");
        Process process = command(folder, more, words).redirectErrorStream(true).redirectOutput(printed.toFile()).start();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(printed);
        Files.delete(printed);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", words) + (ended ? " ended with " + process.exitValue() : " does not end") + ":\n" + text);
        }
        return text;
    }

    /** Runs a program that must do as it is told. @return the milliseconds it took, its start included */
    double time(Path folder, Map<String, String> more, ProcessBuilder.Redirect output, String... words) throws Exception {
        long start = System.nanoTime();
        Process process = command(folder, more, words).redirectOutput(output).start();
        int status = process.waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + status + ": "
                    + new String(process.getErrorStream().readAllBytes()));
        }
        return millis;
    }

    static void await(String what, int seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + seconds + " s: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Removes a folder even while somebody else adds to it or removes from it, as when a run is interrupted. */
    static void delete(Path folder) {
        try {
            for (int i = 0; i < MOST_TRIES && Files.exists(folder); i++) {
                Files.walkFileTree(folder, new Remover());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                // the next try finds what was added
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** @return the names in a folder; none while it is not there */
    static List<String> names(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    @Override
    public synchronized void close() {
        Marked.end(mark);
        delete(root);
    }
}
