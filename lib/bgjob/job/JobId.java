package bgjob.job;

/**
 * The name of one job: {@code <label>_<yyyyMMdd>_<HHmmss>}, and {@code _<n>} (2, 3, …) behind it for a later job of the same
 * label in the same second. It is a file name, is never reused, and sorts by age within its label: where the clock stepped
 * back, the stamp stays at the label's newest and {@code n} counts on.
 */
public final class JobId implements Comparable<JobId> {
    /** Longest label: a file name of 255 bytes less the stamp, {@code n} and the longest suffix. */
    public static final int MAX_LABEL = 180;

    private static final int STAMP = 15;

    private final String label;
    private final String stamp;
    private final int number;

    /**
     * @param label a valid label
     * @param stamp local time, {@code yyyyMMdd_HHmmss}
     * @param number 1 for the first job of the label in that second
     */
    public JobId(String label, String stamp, int number) {
        this.label = label;
        this.stamp = stamp;
        this.number = number;
    }

    /** @return the id spelled by {@code text}, or null when it spells none */
    public static JobId parse(String text) {
        int end = text.length();
        if (!endsWithStamp(text, end)) {
            int cut = text.lastIndexOf('_');
            int n = cut < 0 ? -1 : number(text, cut + 1);
            if (n < 2 || !endsWithStamp(text, cut)) {
                return null;
            }
            return of(text, cut, n);
        }
        return of(text, end, 1);
    }

    private static JobId of(String text, int end, int number) {
        String label = text.substring(0, end - STAMP - 1);
        return whyNotLabel(label) == null ? new JobId(label, text.substring(end - STAMP, end), number) : null;
    }

    private static boolean endsWithStamp(String text, int end) {
        int start = end - STAMP;
        if (start < 2 || text.charAt(start - 1) != '_' || text.charAt(start + 8) != '_') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (i != start + 8 && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from) {
        int n = 0;
        int digits = text.length() - from;
        if (digits < 1 || digits > 8 || text.charAt(from) == '0') {
            return -1;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            n = n * 10 + (c - '0');
        }
        return n;
    }

    /** @return why {@code label} is no valid label, as the end of a sentence, or null when it is one */
    public static String whyNotLabel(String label) {
        if (label.isEmpty()) {
            return "is empty";
        }
        if (label.length() > MAX_LABEL) {
            return "is longer than " + MAX_LABEL + " characters";
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean fine = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
            if (!fine) {
                return "has a character other than A-Z a-z 0-9 . _ -";
            }
        }
        return null;
    }

    /** @return the id that comes next in the same second */
    public JobId next() {
        return new JobId(label, stamp, number + 1);
    }

    /** @return the label */
    public String label() {
        return label;
    }

    /** @return the local time of the start, {@code yyyyMMdd_HHmmss}, without {@code n} */
    public String stamp() {
        return stamp;
    }

    /** @return what stands behind the label: the stamp and, for a later job of the same second, {@code _<n>} */
    public String ts() {
        return number == 1 ? stamp : stamp + "_" + number;
    }

    /** Older before newer; jobs of different labels in the same second by label. */
    @Override
    public int compareTo(JobId other) {
        int c = stamp.compareTo(other.stamp);
        if (c == 0 && label.equals(other.label)) {
            c = Integer.compare(number, other.number);
        } else if (c == 0) {
            c = label.compareTo(other.label);
        }
        return c;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JobId && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return label + "_" + ts();
    }
}
