package bgjob.process;

import bgjob.support.Await;
import bgjob.support.Proc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A real process that a test has started, killed at the latest when the test ends. */
public final class Started implements AutoCloseable {
    private final Process process;

    private Started(Process process) {
        this.process = process;
    }

    /** Starts a command; what it prints is dropped. */
    public static Started command(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("BGJOB_TEST_RUN", System.getProperty("bgjob.testRun", "by-hand"));
        builder.environment().putAll(environment);
        return new Started(builder.start());
    }

    /** Starts a process that does nothing for as long as a test can take. */
    public static Started sleeper() throws IOException {
        Started sleeper = command(Map.of(), "sleep", "300");
        Await.until("sleep runs", () -> sleeper.proc().commandLine().startsWith("sleep"));
        return sleeper;
    }

    public long pid() {
        return process.pid();
    }

    public Proc proc() {
        return new Proc(process.pid());
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** @return its exit status, once it has ended */
    public int exit() {
        Await.until("process " + pid() + " ends", () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exit();
    }
}
