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
    private static final long MOST_LOG = 1L << 40;
    private static final long LOG_PAGE = 16 << 10;
    private static final String SLURM = "slurm";

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
    private boolean snapshot;
    private String queue;
    private int slots;
    private int priority;
    private final List<Queueing.After> after = new ArrayList<>();
    private Target target = Target.LOCAL;

    JobSpecBuilder(String label, List<String> command) {
        this.label = label;
        this.command = command;
    }

    /**
     * Where it runs; without this, in the current directory.
     *
     * @param directory a directory that is there
     * @return this builder
     */
    public JobSpecBuilder in(Path directory) {
        cwd = directory.toAbsolutePath().toString();
        return this;
    }

    /**
     * Adds a variable to the environment, which else is that of this process.
     *
     * @param name as a shell takes it
     * @param value any text
     * @return this builder
     */
    public JobSpecBuilder env(String name, String value) {
        if (value == null) {
            throw BgjobException.usage("'null' is no value for the variable " + name + "; give a text, which may be empty");
        }
        environment.add(name + "=" + value);
        return this;
    }

    /**
     * Ends it after so long, in whole seconds, at least one.
     *
     * @param time how long
     * @return this builder
     */
    public JobSpecBuilder timeout(Duration time) {
        timeout = seconds(time, 1);
        return this;
    }

    /**
     * How long it has then between TERM and KILL, in whole seconds; 10 without this.
     *
     * @param time how long
     * @return this builder
     */
    public JobSpecBuilder grace(Duration time) {
        grace = seconds(time, 0);
        return this;
    }

    /**
     * Adds to its niceness, -20 to 19.
     *
     * @param more by how much
     * @return this builder
     */
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
     * @return this builder
     */
    public JobSpecBuilder retry(int times, Duration delay, int... on) {
        retry = inRange("number of further attempts", times, 0, 1000);
        retryDelay = seconds(delay, 0);
        for (int status : on) {
            retryOn.add(inRange("exit status", status, 1, 255));
        }
        return this;
    }

    /**
     * Shell text that is run once when it has ended; {@code $BGJOB_EXIT} is its exit status.
     *
     * @param text for {@code /bin/sh}
     * @return this builder
     */
    public JobSpecBuilder onExit(String text) {
        if (text == null || text.isBlank()) {
            throw BgjobException.usage("'" + text + "' is no text to run on exit; give what a shell can run, or leave it out");
        }
        onExit = text;
        return this;
    }

    /**
     * Lets its log take no more room than so many bytes, from 65536 to 2^40, in whole 16 KiB: beyond that its middle is dropped.
     *
     * @param bytes how many
     * @return this builder
     */
    public JobSpecBuilder maxLog(long bytes) {
        if (bytes < LEAST_LOG || bytes > MOST_LOG) {
            throw BgjobException.usage("'" + bytes + "' is no size for a log; from " + LEAST_LOG + " to " + MOST_LOG + " bytes are needed");
        }
        maxLog = bytes / LOG_PAGE * LOG_PAGE;
        return this;
    }

    /**
     * Tells the user when it has ended, on the desktop or by the terminal's bell.
     *
     * @return this builder
     */
    public JobSpecBuilder tell() {
        tell = true;
        return this;
    }

    /**
     * Has it wait for a free slot of this queue; a queue that nobody made before has one.
     *
     * @param name letters, digits, dot, underscore and hyphen
     * @return this builder
     */
    public JobSpecBuilder queue(String name) {
        String why = Queueing.whyNotQueue(name);
        if (why != null) {
            throw BgjobException.usage("queue '" + name + "' " + why + "; use letters, digits, '.', '_' and '-'");
        }
        queue = name;
        return this;
    }

    /**
     * With {@link #queue}: how many slots that queue has from now on, 1 to 1000.
     *
     * @param number how many
     * @return this builder
     */
    public JobSpecBuilder slots(int number) {
        slots = inRange("number of slots", number, 1, Queueing.MOST_SLOTS);
        return this;
    }

    /**
     * With {@link #queue}: a higher number goes first, -1000 to 1000, 0 without this.
     *
     * @param number how high
     * @return this builder
     */
    public JobSpecBuilder priority(int number) {
        priority = inRange("priority", number, Queueing.LEAST, Queueing.MOST);
        return this;
    }

    /**
     * Has it start only when that job, an id or a label's newest, has been completed; if that ends otherwise, this one never runs.
     *
     * @param name it must be there when this one is submitted
     * @return this builder
     */
    public JobSpecBuilder after(String name) {
        return after(name, false);
    }

    /**
     * Has it start when that job, an id or a label's newest, has ended, however it ended.
     *
     * @param name it must be there when this one is submitted
     * @return this builder
     */
    public JobSpecBuilder afterAny(String name) {
        return after(name, true);
    }

    private JobSpecBuilder after(String name, boolean any) {
        String why = JobId.whyNotLabel(name);
        if (why != null) {
            throw BgjobException.usage("'" + name + "' is no job to wait for, since it " + why + "; a label or job id is needed");
        }
        after.add(new Queueing.After(name, null, any));
        return this;
    }

    /**
     * Says where it runs.
     *
     * @param backend {@code local}, as without this, or {@code slurm}, whose nodes must see the {@code .logs} directory
     * @param options for slurm: options of sbatch as its command line takes them, such as {@code --mem=2G}
     * @return this builder
     */
    public JobSpecBuilder on(String backend, String... options) {
        if (!backend.equals(SLURM) && !backend.equals(Target.LOCAL.backend())) {
            throw BgjobException.usage("'" + backend + "' is no place for a job; jobs run on local or slurm");
        }
        if (options.length > 0 && !(backend.equals(SLURM) && options[0].startsWith("-"))) {
            throw BgjobException.usage("'" + options[0] + "' is no option for a job on " + backend + "; only slurm takes some, such as --mem=2G");
        }
        target = backend.equals(SLURM) ? new Target(backend, List.of(options)) : Target.LOCAL;
        return this;
    }

    /**
     * Saves what is not committed in the git repository around its directory, 64 MiB at most, to run it again on the same files.
     *
     * @return this builder
     */
    public JobSpecBuilder snapshot() {
        snapshot = true;
        return this;
    }

    /**
     * @return the spec; whether it can be run shows when it is submitted
     * @throws BgjobException of kind USAGE when it has slots or a priority and no queue
     */
    public JobSpec build() {
        if (queue == null && (slots != 0 || priority != 0)) {
            throw BgjobException.usage("slots and a priority belong to a queue; give its name by queue(NAME)");
        }
        Queueing queueing = queue == null && after.isEmpty() ? Queueing.NONE : new Queueing(queue, slots, priority, List.copyOf(after));
        Limits limits = new Limits(timeout, grace, nice, retry, retryDelay, List.copyOf(retryOn), onExit, maxLog, tell);
        return new JobSpec(label, command, cwd, environment, limits.equals(Limits.NONE) ? Limits.NONE : limits, Origin.NONE, queueing,
                target, snapshot);
    }

    private static long seconds(Duration time, int least) {
        if (time.toSeconds() < least || time.getNano() != 0 || time.toDays() > 36_500) {
            throw BgjobException.usage("'" + time + "' is no length of time for a job; whole seconds from " + least + " s to 36500 days are needed");
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
