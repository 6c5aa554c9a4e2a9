package bgjob.job;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes a {@link JobSpec} part by part; each method answers the builder itself. Not for several threads at once. */
public final class JobSpecBuilder {
    /** The least that --max-log takes, too. */
    private static final long LEAST_LOG = 64 << 10;

    private final String label;
    private final List<String> command;
    private final List<String> environment = new ArrayList<>();
    private final List<Integer> retryOn = new ArrayList<>();
    private String cwd = new File("").getAbsolutePath();
    private long timeout = Limits.NONE.timeout();
    private long grace = Limits.NONE.grace();
    private int nice = Limits.NONE.nice();
    private int retry = Limits.NONE.retry();
    private long retryDelay = Limits.NONE.retryDelay();
    private String onExit = Limits.NONE.onExit();
    private long maxLog = Limits.NONE.maxLog();
    private boolean tell;

    JobSpecBuilder(String label, List<String> command) {
        this.label = label;
        this.command = command;
    }

    /** Where it runs; without this, in the current directory. */
    public JobSpecBuilder in(Path directory) {
        cwd = directory.toAbsolutePath().toString();
        return this;
    }

    /** Adds a variable to the environment, which else is that of this process. */
    public JobSpecBuilder env(String name, String value) {
        environment.add(name + "=" + value);
        return this;
    }

    /** Ends it after so long, in whole seconds, at least one. */
    public JobSpecBuilder timeout(Duration time) {
        timeout = seconds(time, 1);
        return this;
    }

    /** How long it has then between TERM and KILL, in whole seconds; 10 without this. */
    public JobSpecBuilder grace(Duration time) {
        grace = seconds(time, 0);
        return this;
    }

    /** Adds to its niceness, -20 to 19. */
    public JobSpecBuilder nice(int more) {
        nice = inRange("niceness", more, -20, 19);
        return this;
    }

    /**
     * Tries it again after failures.
     *
     * @param times how often, 0 to 1000
     * @param delay before the second attempt, in whole seconds; twice as long before each further one, up to an hour
     * @param on the exit statuses after which it is tried again; none for all but 0
     */
    public JobSpecBuilder retry(int times, Duration delay, int... on) {
        retry = inRange("number of further attempts", times, 0, 1000);
        retryDelay = seconds(delay, 0);
        for (int status : on) {
            retryOn.add(inRange("exit status", status, 1, 255));
        }
        return this;
    }

    /** Shell text that is run once when it has ended; {@code $BGJOB_EXIT} is its exit status. */
    public JobSpecBuilder onExit(String text) {
        onExit = text;
        return this;
    }

    /** Lets its log take no more room than so many bytes, at least 65536: beyond that its middle is dropped. */
    public JobSpecBuilder maxLog(long bytes) {
        if (bytes < LEAST_LOG) {
            throw BgjobException.usage("'" + bytes + "' is no size for a log; at least " + LEAST_LOG + " bytes are needed");
        }
        maxLog = bytes;
        return this;
    }

    /** Tells the user when it has ended, on the desktop or by the terminal's bell. */
    public JobSpecBuilder tell() {
        tell = true;
        return this;
    }

    /** @return the spec; whether it can be run shows when it is submitted */
    public JobSpec build() {
        Limits limits = new Limits(timeout, grace, nice, retry, retryDelay, List.copyOf(retryOn), onExit, maxLog, tell);
        return new JobSpec(label, command, cwd, environment, limits.equals(Limits.NONE) ? Limits.NONE : limits, Origin.NONE);
    }

    private static long seconds(Duration time, int least) {
        if (time.toSeconds() < least || time.toDays() > 36_500) {
            throw BgjobException.usage("'" + time + "' is no length of time for a job; from " + least + " s to 36500 days are needed");
        }
        return time.toSeconds();
    }

    private static int inRange(String what, int number, int least, int most) {
        if (number < least || number > most) {
            throw BgjobException.usage("'" + number + "' is no " + what + "; from " + least + " to " + most + " is needed");
        }
        return number;
    }
}
