package bgjob.cli;

import bgjob.core.RunStats;
import bgjob.core.RunStats.Run;
import bgjob.core.Statistics;
import bgjob.job.Durations;
import bgjob.job.JobState;
import bgjob.job.Rfc3339;
import bgjob.job.ShellWords;
import java.util.ArrayList;
import java.util.List;

/** Statistics for people. */
final class StatsText {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.-~=+*#";
    private static final String NONE = "-";
    private static final int SHORT_SHA = 12;
    private static final int GREEN = 32;
    private static final int RED = 31;

    private final Terminal terminal;
    private final String levels;

    /** @param blocks whether the terminal has Unicode's block elements */
    StatsText(Terminal terminal, boolean blocks) {
        this.terminal = terminal;
        this.levels = blocks ? BLOCKS : ASCII;
    }

    /** @return a line for each label or commit and, where there are several, one for all */
    String table(Statistics statistics, boolean byCommit) {
        List<RunStats> all = new ArrayList<>(statistics.groups());
        if (all.size() > 1) {
            all.add(statistics.total());
        }
        String[][] rows = new String[all.size() + 1][];
        rows[0] = new String[] {byCommit ? "COMMIT" : "LABEL", "RUNS", "OK", "MEDIAN", "P95", "MIN", "MAX", "TREND", "LAST FAILURE"};
        for (int i = 0; i < all.size(); i++) {
            RunStats one = all.get(i);
            boolean total = one.name() == null;
            String name = total ? "(all)" : byCommit ? sha(one.name()) : one.name();
            rows[i + 1] = new String[] {name, Integer.toString(one.runs()), rate(one), time(one.percentile(50)), time(one.percentile(95)),
                time(one.shortest()), time(one.percentile(100)), total ? "" : spark(one.trend()),
                one.lastFailure() == null ? NONE : one.lastFailure().id().toString()};
        }
        int[] widths = HumanOutput.widths(rows);
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < widths.length; c++) {
                String cell = rows[r][c];
                boolean right = c > 0 && c < 7;
                String blanks = " ".repeat(widths[c] - cell.length());
                boolean painted = c == 2 && r > 0 && all.get(r - 1).judged() > 0;
                String shown = painted ? terminal.paint(all.get(r - 1).failures() == 0 ? GREEN : RED, cell) : cell;
                text.append(right ? blanks + shown : shown).append(c == widths.length - 1 ? "\n" : right ? "  " : blanks + "  ");
            }
        }
        return text.toString();
    }

    /** @return all there is to say of one label */
    String details(RunStats one, String label) {
        StringBuilder text = new StringBuilder();
        line(text, "Label", label);
        line(text, "Runs", one.runs() + ": " + counts(one));
        line(text, "Success", one.judged() == 0 ? NONE : terminal.paint(one.failures() == 0 ? GREEN : RED, rate(one)) + " of " + one.judged());
        if (one.timed() > 0) {
            line(text, "Duration", "median " + time(one.percentile(50)) + ", p95 " + time(one.percentile(95)) + ", min " + time(one.shortest())
                    + ", max " + time(one.percentile(100)) + " (completed runs)");
            line(text, "Trend", spark(one.trend()) + " (the newest " + one.trend().size() + " of them, the last one " + time(one.trend().get(one.trend().size() - 1)) + ")");
            for (int i = 0; i < one.slowest().size(); i++) {
                line(text, i == 0 ? "Slowest" : "", time(one.slowest().get(i).duration()) + "  " + one.slowest().get(i).id());
            }
        }
        Run failure = one.lastFailure();
        if (failure != null) {
            line(text, "Failed", failure.id() + (failure.exit() == null ? "" : " (exit " + failure.exit() + ")")
                    + (failure.finished() == null ? "" : " at " + Rfc3339.utc(failure.finished())));
        }
        if (one.firstBad() != null) {
            line(text, "Since", since(one));
        }
        return text.toString();
    }

    private static String since(RunStats one) {
        Run bad = one.firstBad();
        Run good = one.lastGood();
        String commit = (bad.sha() == null ? "no commit" : "commit " + sha(bad.sha())) + (Boolean.TRUE.equals(bad.dirty()) ? " with uncommitted changes" : "");
        String first = "it fails since " + commit + ", in " + bad.id();
        if (good == null) {
            return first + "; no run was completed before";
        }
        boolean same = bad.sha() != null && bad.sha().equals(good.sha());
        return first + "; " + (same ? "the same commit was fine before, in " : (good.sha() == null ? "the last good run was "
                : "commit " + sha(good.sha()) + " was the last good one, in ")) + good.id();
    }

    private static String counts(RunStats one) {
        StringBuilder text = new StringBuilder();
        for (JobState state : JobState.values()) {
            count(text, one.count(state), state.word());
        }
        count(text, one.unknown(), "cannot tell");
        return text.toString();
    }

    private static void count(StringBuilder text, int count, String word) {
        if (count > 0) {
            text.append(text.length() == 0 ? "" : ", ").append(count).append(' ').append(word);
        }
    }

    /** Never 100 % when one failed, nor 0 % when one did not. */
    static String rate(RunStats one) {
        if (one.judged() == 0) {
            return NONE;
        }
        int good = one.count(JobState.COMPLETED);
        long percent = Math.round(100.0 * good / one.judged());
        return (one.failures() > 0 && percent == 100 ? 99 : good > 0 && percent == 0 ? 1 : percent) + " %";
    }

    /** @return one character for each value, from the lowest to the highest; a line in the middle where all are alike */
    String spark(List<Long> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        long low = Long.MAX_VALUE;
        long high = 0;
        for (long value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        StringBuilder text = new StringBuilder();
        for (long value : values) {
            int level = high == low ? 3 : (int) Math.round((value - low) * (levels.length() - 1.0) / (high - low));
            text.append(levels.charAt(level));
        }
        return text.toString();
    }

    private static String time(Long millis) {
        return millis == null ? NONE : Durations.format(millis);
    }

    private static String sha(String sha) {
        return ShellWords.visible(sha.length() > SHORT_SHA ? sha.substring(0, SHORT_SHA) : sha);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(name.isEmpty() ? " " : ":").append(" ".repeat(10 - name.length())).append(value).append('\n');
    }
}
