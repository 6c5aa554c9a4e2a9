package bgjob.job;

import java.util.List;

/**
 * How a job is kept within bounds, and what happens when it ends; the job's own shell sees to all of it.
 *
 * @param timeout after how many seconds an attempt is ended; 0 for never
 * @param grace how many seconds lie between TERM and KILL then
 * @param nice what is added to its niceness, -20 to 19; 0 for nothing
 * @param retry how often it is tried again after a failure
 * @param retryDelay how many seconds lie before the second attempt; twice as many before each further one, up to an hour
 * @param retryOn the exit statuses after which it is tried again; empty for all but 0
 * @param onExit shell text that is run once when it has ended, or null
 * @param maxLog how many bytes of room its log may take before its middle is dropped, a multiple of 16 KiB; 0 for any number
 * @param tell whether the user is told when it has ended
 */
public record Limits(long timeout, long grace, int nice, int retry, long retryDelay, List<Integer> retryOn, String onExit, long maxLog,
        boolean tell) {
    /** No bounds. */
    public static final Limits NONE = new Limits(0, 10, 0, 0, 0, List.of(), null, 0, false);

    /** Takes copies: they never change. */
    public Limits {
        retryOn = List.copyOf(retryOn);
    }
}
