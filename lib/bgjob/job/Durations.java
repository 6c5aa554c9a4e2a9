package bgjob.job;

import java.time.Duration;

/** Lengths of time as people write and read them. */
public final class Durations {
    private static final long MOST_DAYS = 36_500;
    /** A hundred years: the nanoseconds of it still fit a long. */
    private static final long MOST = MOST_DAYS * 86_400_000;

    private Durations() {
    }

    /**
     * @param text a whole number with a unit: {@code 500ms 10s 5m 2h 7d}; a bare number means seconds
     * @return milliseconds, at least 0
     * @throws BgjobException of kind USAGE, naming the value and the accepted form
     */
    public static long parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        long n = Facts.parse(text.substring(0, digits));
        long unit = switch (text.substring(digits)) {
            case "ms" -> 1;
            case "", "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> -1;
        };
        if (n < 0 || unit < 0 || n > MOST / unit) {
            throw BgjobException.usage("'" + text + "' is no length of time; write a number and a unit, such as 500ms, 10s, 5m, 2h or 7d"
                    + " (at most 36500d)");
        }
        return n * unit;
    }

    /**
     * @param time a length of time that a program gave
     * @param what what it is, for the message
     * @return milliseconds, at least 0
     * @throws BgjobException of kind USAGE, naming the value and the accepted form
     */
    public static long millis(Duration time, String what) {
        if (time.isNegative() || time.toDays() > MOST_DAYS) {
            throw BgjobException.usage("'" + time + "' is no " + what + "; from 0 s to " + MOST_DAYS + " days are possible");
        }
        return time.toMillis();
    }

    /** @return e.g. {@code 0.4s}, {@code 12s}, {@code 3m 04s}, {@code 2h 05m}, {@code 3d 04h} */
    public static String format(long millis) {
        long s = millis / 1000;
        if (s < 10) {
            return s + "." + millis % 1000 / 100 + "s";
        }
        if (s < 60) {
            return s + "s";
        }
        if (s < 3600) {
            return s / 60 + "m " + two(s % 60) + "s";
        }
        if (s < 86_400) {
            return s / 3600 + "h " + two(s / 60 % 60) + "m";
        }
        return s / 86_400 + "d " + two(s / 3600 % 24) + "h";
    }

    private static String two(long n) {
        return n < 10 ? "0" + n : Long.toString(n);
    }
}
