package bgjob.process;

import bgjob.job.BgjobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.apache.commons.exec.PumpStreamHandler;

/** Starts processes. */
public final class Commands {
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

    /**
     * Starts a command that goes on after bgjob has ended, and listens to its standard output until it closes it.
     *
     * @return what it said until then
     * @throws BgjobException when it could not be started
     */
    public static String startAndListen(List<String> command) {
        Ear ear = new Ear();
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "starter");
            thread.setDaemon(true); // it waits for the job, and bgjob does not
            return thread;
        };
        DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(ear).setThreadFactory(daemons).get();
        try {
            executor.execute(line(command), ear);
            return ear.heard();
        } catch (IOException e) {
            throw BgjobException.failed("cannot start " + command.get(0) + ": " + e.getMessage());
        }
    }

    private static CommandLine line(List<String> command) {
        CommandLine line = new CommandLine(command.get(0));
        for (int i = 1; i < command.size(); i++) {
            line.addArgument(command.get(i), false);
        }
        return line;
    }

    /** Both ends of Commons Exec's asynchronous way: it reads the streams itself, since the stock handler polls every 50 ms. */
    private static final class Ear implements ExecuteStreamHandler, ExecuteResultHandler {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private InputStream output;
        private InputStream error;
        private IOException failure;

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
            try {
                output.transferTo(said);
                error.transferTo(said);
            } finally {
                closed.countDown();
            }
        }

        @Override
        public void stop() {
            // nothing to stop: start() has read all there is
        }

        @Override
        public void onProcessComplete(int exit) {
            closed.countDown();
        }

        @Override
        public void onProcessFailed(ExecuteException e) {
            // a job may fail as it likes; but a process that never was has no exit value
            if (e.getExitValue() == org.apache.commons.exec.Executor.INVALID_EXITVALUE && output == null) {
                failure = e.getCause() instanceof IOException cause ? cause : e;
            }
            closed.countDown();
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
