package bgjob.process;

import bgjob.job.BgjobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.apache.commons.exec.PumpStreamHandler;

/** Starts processes. */
public final class Commands {
    private static final String[] SAVED = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "LC_ALL"};

    private Commands() {
    }

    /**
     * What a command said and how it ended.
     *
     * @param exit its exit status, or -1 when it could not be started
     * @param output standard output and error together
     */
    public record Result(int exit, String output) {
    }

    /** Runs a command to its end. */
    public static Result run(List<String> command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(new PumpStreamHandler(said)).get();
        executor.setExitValues(null);
        try {
            int exit = executor.execute(line(command));
            return new Result(exit, said.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }

    /** Runs a command for so long at most, and then kills it; what it started may go on and is not waited for. */
    public static Result run(List<String> command, long millis) {
        return TimedCommand.run(line(command), millis);
    }

    /**
     * Starts a command that goes on after bgjob has ended, and listens to its standard output until it closes it.
     *
     * @return what it said until then
     * @throws BgjobException when it could not be started
     */
    public static String startAndListen(List<String> command) {
        Ear ear = new Ear(line(command));
        // Commons Exec's own asynchronous way makes a thread that keeps bgjob alive until the job has ended
        Thread starter = new Thread(ear, "starter");
        starter.setDaemon(true);
        starter.start();
        try {
            return ear.heard();
        } catch (IOException e) {
            throw BgjobException.failed("cannot start " + command.get(0) + ": " + e.getMessage());
        }
    }

    /**
     * Puts words in front of a command's that give it the environment of whoever called bgjob: the launcher set aside what would disturb our
     * own JVM.
     *
     * @param command empty so far
     * @param environment the present one
     */
    public static void restoreEnvironment(List<String> command, Map<String, String> environment) {
        for (String name : SAVED) {
            String saved = environment.get("BGJOB_SAVED_" + name);
            if (saved != null) {
                prefix(command, "-u", "BGJOB_SAVED_" + name);
                command.add(name + "=" + saved);
            }
        }
        if (environment.containsKey("BGJOB_UNSET_LC_ALL")) {
            prefix(command, "-u", "BGJOB_UNSET_LC_ALL");
            prefix(command, "-u", "LC_ALL");
        }
    }

    private static void prefix(List<String> command, String option, String name) {
        if (command.isEmpty()) {
            command.add("env");
        }
        command.add(1, name);
        command.add(1, option);
    }

    private static CommandLine line(List<String> command) {
        return new CommandLine(command.get(0)) {
            /** Commons Exec trims each argument that is added to a command line; these go on as they are. */
            @Override
            public String[] toStrings() {
                return command.toArray(new String[0]);
            }
        };
    }

    /** Reads the started command's output to its end; Commons Exec then waits for the command itself, and nobody for that. */
    private static final class Ear implements ExecuteStreamHandler, Runnable {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final CommandLine command;
        private InputStream output;
        private InputStream error;
        private IOException failure;

        Ear(CommandLine command) {
            this.command = command;
        }

        @Override
        public void run() {
            DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(this).get();
            executor.setExitValues(null);
            try {
                executor.execute(command);
            } catch (IOException e) {
                failure = e;
            } finally {
                closed.countDown();
            }
        }

        @Override
        public void setProcessInputStream(OutputStream stream) throws IOException {
            stream.close();
        }

        @Override
        public void setProcessErrorStream(InputStream stream) {
            error = stream;
        }

        @Override
        public void setProcessOutputStream(InputStream stream) {
            output = stream;
        }

        @Override
        public void start() throws IOException {
            output.transferTo(said);
            error.transferTo(said);
            closed.countDown();
        }

        @Override
        public void stop() {
            // start() has read all there is
        }

        String heard() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            if (failure != null) {
                throw failure;
            }
            return said.toString(StandardCharsets.UTF_8);
        }
    }
}
