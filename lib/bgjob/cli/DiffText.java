package bgjob.cli;

import bgjob.core.Comparison;
import bgjob.job.Durations;
import bgjob.job.Job;
import bgjob.job.ShellWords;
import bgjob.log.LogDiff;
import java.util.Objects;

/** Two runs side by side, for people; from the line that begins with {@code ---} on it is what diff -u prints. */
final class DiffText {
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int CYAN = 36;

    private DiffText() {
    }

    static String text(Comparison both, Terminal terminal) {
        Job before = both.before();
        Job after = both.after();
        StringBuilder text = new StringBuilder();
        line(text, "Old", HumanOutput.ending(before.id(), before));
        line(text, "New", HumanOutput.ending(after.id(), after));
        differs(text, "State", HumanOutput.state(before) + HumanOutput.ending(before), HumanOutput.state(after) + HumanOutput.ending(after));
        duration(text, before.times().duration(), after.times().duration());
        differs(text, "Git", before.git() == null ? "no repository" : HumanOutput.git(before), after.git() == null ? "no repository" : HumanOutput.git(after));
        differs(text, "Command", ShellWords.join(before.command()), ShellWords.join(after.command()));
        differs(text, "Directory", before.cwd(), after.cwd());
        LogDiff log = both.log();
        String ends = log.cut() ? ", in the last 4 MiB and " + LogDiff.MOST_LINES + " lines of each, which were compared" : "";
        if (log.hunks().isEmpty()) {
            line(text, "Logs", "no difference" + ends);
            return text.toString();
        }
        line(text, "Logs", count(log.removed()) + " gone, " + count(log.added()) + " new" + ends);
        text.append(terminal.paint(RED, "--- " + ShellWords.visible(before.files().log()))).append('\n');
        text.append(terminal.paint(GREEN, "+++ " + ShellWords.visible(after.files().log()))).append('\n');
        for (LogDiff.Hunk hunk : log.hunks()) {
            text.append(terminal.paint(CYAN, "@@ -" + range(hunk.oldStart(), hunk.oldCount()) + " +" + range(hunk.newStart(), hunk.newCount()) + " @@"))
                    .append('\n');
            for (String line : hunk.lines()) {
                char kind = line.charAt(0);
                String shown = kind + ResultText.visible(line.substring(1));
                text.append(kind == ' ' ? shown : terminal.paint(kind == '-' ? RED : GREEN, shown)).append('\n');
            }
        }
        return text.toString();
    }

    private static String count(int lines) {
        return lines + (lines == 1 ? " line" : " lines");
    }

    private static String range(int start, int count) {
        return count == 1 ? Integer.toString(start) : start + "," + count;
    }

    private static void duration(StringBuilder text, Long before, Long after) {
        if (before == null || after == null) {
            return;
        }
        long more = after - before;
        String change = more == 0 ? "the same" : Durations.format(Math.abs(more)) + (more > 0 ? " longer" : " shorter");
        line(text, "Duration", Durations.format(before) + " -> " + Durations.format(after) + ", " + change);
    }

    private static void differs(StringBuilder text, String name, String before, String after) {
        if (!Objects.equals(before, after)) {
            line(text, name, (before == null ? "-" : before) + " -> " + (after == null ? "-" : after));
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(':').append(" ".repeat(10 - name.length())).append(ShellWords.visible(value)).append('\n');
    }
}
