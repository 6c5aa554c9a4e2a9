package bgjob.job;


/** Seconds since boot, as /proc/uptime writes them and job scripts record them: {@code 12345.67}. */
public final class Uptime {
    private Uptime() {
    }

    /** @return the first number of {@code text} in milliseconds, or -1 when it has none */
    public static long millis(String text) {
        if (text == null) {
            return -1;
        }
        int dot = text.indexOf('.');
        int end = dot + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (dot < 1 || end - dot != 3) {
            return -1;
        }
        long seconds = Facts.parse(text.substring(0, dot));
        long hundredths = Facts.parse(text.substring(dot + 1, end));
        return seconds < 0 || hundredths < 0 ? -1 : seconds * 1000 + hundredths * 10;
    }
}
