package bgjob.job;

import java.util.TimeZone;

/**
 * Times as text, by plain arithmetic: java.time's formatter and zone rules cost 20–50 ms of start-up
 * (docs/decisions/0006-lean-hot-path.md).
 */
public final class Rfc3339 {
    private static final long DAY = 86_400_000L;

    private Rfc3339() {
    }

    /** @return e.g. {@code 2026-11-21T05:06:07Z} for milliseconds since 1970 UTC, cut to seconds */
    public static String utc(long millis) {
        StringBuilder text = new StringBuilder(20);
        date(text, millis, "-");
        text.append('T');
        time(text, millis, ":");
        return text.append('Z').toString();
    }

    /** @return e.g. {@code 20261121_050607}, the machine's local time */
    public static String localStamp(long millis) {
        long local = millis + LocalOffset.at(millis);
        StringBuilder text = new StringBuilder(15);
        date(text, local, "");
        text.append('_');
        time(text, local, "");
        return text.toString();
    }

    /** @return e.g. {@code 2026-11-21 06:06:07}, the time at an offset from UTC in milliseconds */
    public static String local(long millis, int offset) {
        StringBuilder text = new StringBuilder(25);
        date(text, millis + offset, "-");
        text.append(' ');
        time(text, millis + offset, ":");
        return text.toString();
    }

    /** @return e.g. {@code +0100}, an offset from UTC in milliseconds */
    public static String offset(int offset) {
        int minutes = Math.abs(offset) / 60_000;
        return pad(pad(new StringBuilder(offset < 0 ? "-" : "+"), minutes / 60, 2), minutes % 60, 2).toString();
    }

    /**
     * The offset from UTC that was in force when a local stamp was written; asking the machine's time zone costs 5–15 ms.
     *
     * @param stamp as {@link #localStamp} writes it
     * @param utc the same moment in milliseconds since 1970 UTC, cut to seconds
     * @return milliseconds east of UTC; where the two are not the same moment, what the machine's time zone has for {@code utc}
     */
    public static int offset(String stamp, long utc) {
        Long local = stamp.length() != 15 ? null : parse(stamp.substring(0, 4) + "-" + stamp.substring(4, 6) + "-" + stamp.substring(6, 8) + "T"
                + stamp.substring(9, 11) + ":" + stamp.substring(11, 13) + ":" + stamp.substring(13, 15) + "Z");
        long offset = local == null ? Long.MAX_VALUE : local - utc;
        boolean possible = Math.abs(offset) <= 18 * 3_600_000L && offset % 900_000 == 0;
        return possible ? (int) offset : TimeZone.getDefault().getOffset(utc);
    }

    /** @return milliseconds since 1970 UTC of a time as {@link #utc} writes it, or null when {@code text} is null or is none */
    public static Long parse(String text) {
        if (text == null || text.length() != 20) {
            return null;
        }
        long y = number(text, 0, 4);
        long mo = number(text, 5, 7);
        long d = number(text, 8, 10);
        long h = number(text, 11, 13);
        long mi = number(text, 14, 16);
        long s = number(text, 17, 19);
        boolean spelled = text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T' && text.charAt(13) == ':'
                && text.charAt(16) == ':' && text.charAt(19) == 'Z';
        if (!spelled || y < 0 || mo < 1 || mo > 12 || d < 1 || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60) {
            return null;
        }
        long day = days(y, mo, d);
        long month = days(mo == 12 ? y + 1 : y, mo == 12 ? 1 : mo + 1, 1);
        return day < month ? Long.valueOf(((day * 24 + h) * 60 + mi) * 60_000 + s * 1000) : null; // a second of 60 is the next minute's first
    }

    private static long number(String text, int from, int to) {
        long n = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            n = n * 10 + digit;
        }
        return n;
    }

    /** Days since 1970-01-01 of a date of the proleptic Gregorian calendar, years counted from March. */
    private static long days(long year, long month, long day) {
        long y = month > 2 ? year : year - 1;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static void date(StringBuilder text, long millis, String separator) {
        long z = Math.floorDiv(millis, DAY) + 719_468;
        long era = Math.floorDiv(z, 146_097);
        long dayOfEra = z - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long m = (5 * dayOfYear + 2) / 153;
        long month = m < 10 ? m + 3 : m - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        pad(pad(text, year, 4).append(separator), month, 2).append(separator);
        pad(text, dayOfYear - (153 * m + 2) / 5 + 1, 2);
    }

    private static void time(StringBuilder text, long millis, String separator) {
        long seconds = Math.floorMod(millis, DAY) / 1000;
        pad(text, seconds / 3600, 2).append(separator);
        pad(text, seconds / 60 % 60, 2).append(separator);
        pad(text, seconds % 60, 2);
    }

    private static StringBuilder pad(StringBuilder text, long n, int width) {
        String digits = Long.toString(n);
        for (int i = digits.length(); i < width; i++) {
            text.append('0');
        }
        return text.append(digits);
    }
}
