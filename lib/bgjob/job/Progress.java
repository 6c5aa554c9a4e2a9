package bgjob.job;

import java.util.List;

/**
 * How far a job is, and who says so.
 *
 * @param current how many are done, or null
 * @param total of how many, or null
 * @param percent 0 to 100, 100 only when all is done; or null
 * @param phase the part of the work it is in, such as {@code 2/4 build}, or null
 * @param item what it is at, or null
 * @param failed names of items that failed, the newest of them when there are many; empty when none is known
 * @param failedCount how many items failed
 * @param rate items in a second, or null
 * @param etaSeconds how many seconds are left, about, or null
 * @param source who says so
 */
public record Progress(Long current, Long total, Integer percent, String phase, String item, List<String> failed, long failedCount,
        Double rate, Long etaSeconds, Source source) {

    /** Takes copies: what was said never changes. */
    public Progress {
        failed = List.copyOf(failed);
    }

    /** Where progress is read. */
    public enum Source {
        /** The job itself, by {@code $BGJOB_PROGRESS}. */
        PROTOCOL("protocol"),
        /** The log of pytest. */
        PYTEST("pytest"),
        /** The log of ninja. */
        NINJA("ninja"),
        /** The log of cmake. */
        CMAKE("cmake"),
        /** The log of tqdm. */
        TQDM("tqdm"),
        /** The log of cargo. */
        CARGO("cargo"),
        /** The log of rsync. */
        RSYNC("rsync"),
        /** The log of curl. */
        CURL("curl"),
        /** The log of wget. */
        WGET("wget"),
        /** The log of maven. */
        MAVEN("maven"),
        /** The log of gradle. */
        GRADLE("gradle"),
        /** The terminal's own sign for progress, in the log. */
        OSC("osc9;4"),
        /** How long earlier runs took. */
        HISTORY("history");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /** @return the word that stands for it in JSON */
        public String word() {
            return word;
        }
    }

    /** @return the same of a job that stands still: nobody knows how long the rest takes */
    public Progress standing() {
        return new Progress(current, total, percent, phase, item, failed, failedCount, rate, null, source);
    }

    /** @return how many of a hundred that is, rounded, and below 100 unless all is done; null when it makes no sense */
    public static Integer percent(Long current, Long total) {
        if (current == null || total == null || total <= 0 || current < 0 || current > total) {
            return null;
        }
        return current.equals(total) ? 100 : Math.min(99, (int) (current * 100.0 / total + 0.5));
    }
}
