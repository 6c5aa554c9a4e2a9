package bgjob.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/** A command that has only so much time; apart from {@link Commands}, since {@code run} would load what this needs. */
final class TimedCommand {
    private static final long STOP_MILLIS = 200;

    private TimedCommand() {
    }

    static Commands.Result run(CommandLine command, long millis) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PumpStreamHandler pump = new PumpStreamHandler(said) {
            @Override
            public void stop() {
                try {
                    super.stop();
                } catch (IOException e) {
                    // what it has started holds its output open
                }
            }
        };
        pump.setStopTimeout(Duration.ofMillis(STOP_MILLIS));
        ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(Duration.ofMillis(millis)).get();
        DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(pump).get();
        executor.setWatchdog(watchdog);
        executor.setExitValues(null);
        try {
            int exit = executor.execute(command);
            return watchdog.killedProcess() ? new Commands.Result(-1, "it did not end within " + millis + " ms") : new Commands.Result(exit,
                    said.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Commands.Result(-1, String.valueOf(e.getMessage()));
        }
    }
}
