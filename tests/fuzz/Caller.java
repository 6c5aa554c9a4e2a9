package fuzz;

import bgjob.support.JobHome;
import bgjob.support.Tool;
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls the program in a {@link Worker}, which is killed when a call takes too long. */
final class Caller implements AutoCloseable {
    /** No call here has a reason to take this long, on a loaded machine either. */
    private static final int MOST_SECONDS = 30;

    private final JobHome home;
    private List<String> around = List.of();
    private final Path out;
    private final Path err;
    private final Gson gson = new Gson();
    private final ExecutorService listener = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "listener");
        thread.setDaemon(true);
        return thread;
    });
    private Process process;
    /** Opens a pipe, which waits for the worker to do the same. */
    private Callable<BufferedReader> answers;
    private BufferedReader open;
    private int calls;

    Caller(JobHome home) {
        this.home = home;
        this.out = home.root().resolve("worker.out");
        this.err = home.root().resolve("worker.err");
    }

    /**
     * What one call did.
     *
     * @param status its exit status, or -1 when it did not end in time
     */
    record Outcome(List<String> arguments, int status, byte[] out, byte[] err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        String complaint() {
            return new String(err, StandardCharsets.UTF_8);
        }
    }

    /** @param words what the worker is started by, such as {@code unshare} */
    void around(String... words) {
        around = List.of(words);
    }

    /** @return how many calls were made */
    int calls() {
        return calls;
    }

    Outcome call(List<String> arguments) {
        calls++;
        try {
            if (process == null || !process.isAlive()) {
                open = null;
                start();
            }
            cut(out);
            cut(err);
            OutputStream in = process.getOutputStream();
            String shell = home.environment().getOrDefault("BGJOB_SH", "/bin/dash");
            var request = new Worker.Request(home.logs().toString(), shell, home.environment(), arguments);
            in.write((gson.toJson(request) + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            int status = status();
            return new Outcome(arguments, status, Files.readAllBytes(out), Files.readAllBytes(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int status() {
        Future<String> line = listener.submit(() -> {
            open = open == null ? answers.call() : open;
            return open.readLine();
        });
        try {
            String answer = line.get(MOST_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("the worker has died: " + Files.readString(err));
            }
            return Integer.parseInt(answer);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            return -1;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(around);
        Path fifo = home.root().resolve("worker.answers");
        Files.deleteIfExists(fifo);
        home.command(Tool.need("mkfifo"), fifo.toString()).run();
        command.addAll(List.of("/bin/sh", "-c", "exec >>\"$0\" 2>>\"$1\"; shift; exec \"$@\"", out.toString(), err.toString(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Dfile.encoding=UTF-8",
                "-cp", System.getProperty("java.class.path"), Worker.class.getName(), fifo.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.work().toFile());
        builder.environment().clear();
        builder.environment().putAll(home.environment());
        builder.environment().put("LC_ALL", "C.UTF-8"); // as the launcher has it
        process = builder.start();
        answers = () -> new BufferedReader(new InputStreamReader(Files.newInputStream(fifo), StandardCharsets.US_ASCII));
    }

    /** What was printed before is none of the next call's; the worker appends. */
    private static void cut(Path file) throws IOException {
        Files.write(file, new byte[0]);
    }

    @Override
    public void close() {
        listener.shutdownNow();
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
