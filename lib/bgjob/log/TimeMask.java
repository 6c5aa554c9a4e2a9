package bgjob.log;

import java.util.regex.Pattern;

/** Takes out of a line what differs between any two runs: dates, times of day, stamps of job ids, and lengths of time. */
final class TimeMask {
    private static final String DATE = "\\d{4}[-/]\\d{2}[-/]\\d{2}";
    private static final String TIME = "\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d+)?(?: ?[AP]M\\b)?(?:Z|[ ]?[+-]\\d{2}:?\\d{2}\\b)?";
    private static final String LENGTH = "\\d+(?:[.,]\\d+)? ?(?:ns|us|µs|ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\\b";
    private static final String STAMP = "\\d{8}[_T-]\\d{6}(?:_\\d+)?";
    private static final Pattern MOVING = Pattern.compile("(?<![\\d.])(?:" + STAMP + "|" + DATE + "(?:[T ]" + TIME + ")?|" + TIME + "|" + LENGTH + ")");

    private TimeMask() {
    }

    /** @return the line with each of those as a single mark; several in a row, such as {@code 1m 04s}, as one */
    static String mask(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isDigit(line.charAt(i))) {
                return MOVING.matcher(line).replaceAll("\0").replaceAll("\0( ?\0)+", "\0");
            }
        }
        return line;
    }
}
