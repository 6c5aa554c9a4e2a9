package bgjob.cli;

import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.Facts;
import bgjob.job.Limits;
import bgjob.job.Sizes;
import java.util.ArrayList;
import java.util.List;

/** Reads the options of {@code run} that bound a job. */
final class LimitOptions {
    private static final long DELAY = 10;
    private static final int MOST_RETRIES = 1000;
    private static final int NICEST = 19;
    private static final int LEAST_NICE = -20;
    private static final int MOST_CODE = 255;
    private static final long LEAST_LOG = 64 << 10;

    private LimitOptions() {
    }

    /** @throws BgjobException of kind USAGE, naming the option, its value and the accepted form */
    static Limits read(RunCommand run) {
        if (run.timeout == null && run.grace != null) {
            throw BgjobException.usage("--grace belongs to --timeout; without it there is nothing to wait for");
        }
        if (run.retry == null && (run.retryDelay != null || !run.retryOn.isEmpty())) {
            throw BgjobException.usage("--retry-delay and --retry-on belong to --retry N");
        }
        if (run.retry != null && (run.retry < 1 || run.retry > MOST_RETRIES)) {
            throw BgjobException.usage("--retry " + run.retry + ": a number from 1 to " + MOST_RETRIES + " is needed");
        }
        if (run.nice != null && (run.nice < LEAST_NICE || run.nice > NICEST)) {
            throw BgjobException.usage("--nice " + run.nice + ": a number from " + LEAST_NICE + " to " + NICEST + " is needed");
        }
        if (run.onExit != null && run.onExit.isBlank()) {
            throw BgjobException.usage("--on-exit is empty; give the shell text to run");
        }
        List<Integer> codes = new ArrayList<>();
        for (String word : run.retryOn) {
            long code = Facts.parse(word);
            if (code < 1 || code > MOST_CODE) {
                throw BgjobException.usage("--retry-on '" + word + "': exit statuses from 1 to " + MOST_CODE + " are needed, such as 1,75");
            }
            codes.add((int) code);
        }
        long timeout = run.timeout == null ? 0 : seconds(run.timeout);
        if (run.timeout != null && timeout == 0) {
            throw BgjobException.usage("--timeout " + run.timeout + ": a time above 0 is needed, such as 30s or 5m");
        }
        return new Limits(timeout, run.grace == null ? Limits.NONE.grace() : seconds(run.grace), run.nice == null ? 0 : run.nice,
                run.retry == null ? 0 : run.retry, run.retryDelay == null ? DELAY : seconds(run.retryDelay), codes, run.onExit, maxLog(run), notify(run));
    }

    /** BGJOB_MAX_LOG is for jobs that do not say it themselves. */
    static long maxLog(RunCommand run) {
        String given = run.maxLog != null ? run.maxLog : run.surroundings().environment().get("BGJOB_MAX_LOG");
        try {
            return given == null || run.maxLog == null && given.isEmpty() ? 0 : Sizes.parse(given, LEAST_LOG);
        } catch (BgjobException e) {
            throw BgjobException.usage((run.maxLog != null ? "--max-log " : "BGJOB_MAX_LOG ") + e.getMessage());
        }
    }

    /** BGJOB_NOTIFY is for jobs that do not ask for it themselves. */
    static boolean notify(RunCommand run) {
        String value = run.surroundings().environment().getOrDefault("BGJOB_NOTIFY", "");
        return run.notify || switch (value) {
            case "", "0", "no" -> false;
            case "1", "yes" -> true;
            default -> throw BgjobException.usage("BGJOB_NOTIFY '" + value + "' is neither 1 nor 0 (yes and no will do, too)");
        };
    }

    /** A shell sleeps whole seconds; parts of one count as one. */
    private static long seconds(String time) {
        return (Durations.parse(time) + 999) / 1000;
    }
}
