package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.Facts;
import bgjob.job.Limits;
import bgjob.job.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bounds of a job as a user wrote them, for both doors; what was not given is null, or an empty list.
 *
 * @param timeout a time, such as 30s
 * @param grace a time
 * @param nice a number
 * @param retry a number
 * @param retryDelay a time
 * @param retryOn exit statuses
 * @param onExit shell text
 * @param maxLog a size
 * @param told whether the user is told when it has ended
 * @param environment its BGJOB_MAX_LOG and BGJOB_NOTIFY are for jobs that do not say these themselves
 */
public record LimitWords(String timeout, String grace, Integer nice, Integer retry, String retryDelay, List<String> retryOn, String onExit,
        String maxLog, boolean told, Map<String, String> environment) {
    private static final String MAX_LOG = "BGJOB_MAX_LOG";
    private static final String NOTIFY = "BGJOB_NOTIFY";
    private static final long DELAY = 10;
    private static final int MOST_RETRIES = 1000;
    private static final int NICEST = 19;
    private static final int LEAST_NICE = -20;
    private static final int MOST_CODE = 255;
    private static final long LEAST_LOG = 64 << 10;

    /**
     * @return the same, understood
     * @throws BgjobException of kind USAGE, naming the option, its value and the accepted form
     */
    public Limits read() {
        if (timeout == null && grace == null && nice == null && retry == null && retryDelay == null && retryOn.isEmpty() && onExit == null
                && maxLog == null && !told && !environment.containsKey(MAX_LOG) && !environment.containsKey(NOTIFY)) {
            return Limits.NONE;
        }
        if (timeout == null && grace != null) {
            throw BgjobException.usage("--grace belongs to --timeout; without it there is nothing to wait for");
        }
        if (retry == null && (retryDelay != null || !retryOn.isEmpty())) {
            throw BgjobException.usage("--retry-delay and --retry-on belong to --retry N");
        }
        if (retry != null && (retry < 1 || retry > MOST_RETRIES)) {
            throw BgjobException.usage("--retry " + retry + ": a number from 1 to " + MOST_RETRIES + " is needed");
        }
        if (nice != null && (nice < LEAST_NICE || nice > NICEST)) {
            throw BgjobException.usage("--nice " + nice + ": a number from " + LEAST_NICE + " to " + NICEST + " is needed");
        }
        if (onExit != null && onExit.isBlank()) {
            throw BgjobException.usage("--on-exit is empty; give the shell text to run");
        }
        List<Integer> codes = new ArrayList<>();
        for (String word : retryOn) {
            long code = Facts.parse(word);
            if (code < 1 || code > MOST_CODE) {
                throw BgjobException.usage("--retry-on '" + word + "': exit statuses from 1 to " + MOST_CODE + " are needed, such as 1,75");
            }
            codes.add((int) code);
        }
        return new Limits(seconds("--timeout", timeout, 1, 0), seconds("--grace", grace, 0, Limits.NONE.grace()), nice == null ? 0 : nice,
                retry == null ? 0 : retry, seconds("--retry-delay", retryDelay, 0, DELAY), codes, onExit, mostLog(), tell());
    }

    private long mostLog() {
        String given = maxLog != null ? maxLog : environment.get(MAX_LOG);
        try {
            return given == null || maxLog == null && given.isEmpty() ? 0 : Sizes.parse(given, LEAST_LOG);
        } catch (BgjobException e) {
            throw BgjobException.usage((maxLog != null ? "--max-log " : MAX_LOG + " ") + e.getMessage());
        }
    }

    private boolean tell() {
        String value = environment.getOrDefault(NOTIFY, "");
        return told || switch (value) {
            case "", "0", "no" -> false;
            case "1", "yes" -> true;
            default -> throw BgjobException.usage(NOTIFY + " '" + value + "' is neither 1 nor 0 (yes and no will do, too)");
        };
    }

    /** A shell sleeps whole seconds, and to take parts of one for another time would be to guess. */
    private static long seconds(String option, String time, long least, long otherwise) {
        if (time == null) {
            return otherwise;
        }
        long millis = Durations.parse(time);
        if (millis % 1000 != 0 || millis < least * 1000) {
            throw BgjobException.usage(option + " '" + time + "': whole seconds from " + least + "s up are needed, such as 30s or 5m");
        }
        return millis / 1000;
    }
}
