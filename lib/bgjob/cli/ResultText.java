package bgjob.cli;

import bgjob.core.JobResult;
import bgjob.job.Job;
import bgjob.job.Progress;
import bgjob.job.ShellWords;
import bgjob.json.ResultContent;
import java.util.List;

/** How a job ended, for people. */
final class ResultText {
    private static final int MOST_NAMES = 20;
    /** More of a result is for a program, or a file. */
    private static final int MOST_CHARACTERS = 16 << 10;

    private ResultText() {
    }

    static String text(JobResult result, Terminal terminal) {
        Job job = result.job();
        StringBuilder text = new StringBuilder();
        String sentence = ShellWords.visible(HumanOutput.ending(job.id(), job));
        String state = HumanOutput.state(job);
        int at = job.id().toString().length() + 1;
        text.append(sentence, 0, at).append(terminal.paint(HumanOutput.colour(job.state()), state)).append(sentence.substring(at + state.length()));
        text.append(job.times().finished() == null ? "" : ", at " + HumanOutput.zoned(job, job.times().finished())).append('\n');
        if (job.exit() != null && job.reason() != null) {
            text.append("Reason: ").append(ShellWords.visible(job.reason())).append('\n');
        }
        if (job.stopNote() != null) {
            text.append("Stopped: ").append(ShellWords.visible(job.stopNote())).append('\n');
        }
        if (result.items().isEmpty()) {
            failed(text, job.progress());
        } else {
            text.append(ItemsText.text(result.items(), job.id().toString()));
        }
        left(text, result.left());
        if (!result.lastLines().isEmpty()) {
            text.append("Last ").append(result.lastLines().size() == 1 ? "line" : result.lastLines().size() + " lines").append(" of ")
                    .append(ShellWords.visible(job.files().log())).append(":\n");
            lines(text, result.lastLines());
        }
        return text.toString();
    }

    private static void failed(StringBuilder text, Progress progress) {
        if (progress == null || progress.failedCount() == 0) {
            return;
        }
        List<String> names = progress.failed().subList(0, Math.min(MOST_NAMES, progress.failed().size()));
        text.append("Failed: ").append(progress.failedCount()).append(progress.failedCount() == 1 ? " item" : " items");
        text.append(names.isEmpty() ? "" : ": " + ShellWords.visible(String.join(", ", names)));
        text.append(progress.failedCount() > names.size() && !names.isEmpty() ? ", …\n" : "\n");
    }

    private static void left(StringBuilder text, JobResult.Result left) {
        if (left == null) {
            return;
        }
        String content = ResultContent.text(left);
        if (content == null) {
            text.append("Result: ").append(left.size()).append(" bytes that are no text, in ").append(ShellWords.visible(left.path())).append('\n');
            return;
        }
        boolean cut = content.length() > MOST_CHARACTERS;
        String shown = cut ? content.substring(0, MOST_CHARACTERS) : content;
        text.append(shown.isEmpty() ? "Result: empty\n" : "Result:\n");
        lines(text, shown.isEmpty() ? List.of() : List.of((shown.endsWith("\n") ? shown.substring(0, shown.length() - 1) : shown).split("\n", -1)));
        if (cut || left.size() > left.bytes().length) {
            text.append("  … the rest is in ").append(ShellWords.visible(left.path())).append(", ").append(left.size()).append(" bytes in all\n");
        }
    }

    private static void lines(StringBuilder text, List<String> lines) {
        for (String line : lines) {
            text.append("  ").append(visible(line)).append('\n');
        }
    }

    /** A line of somebody else's: tabs stay, other control characters are shown, and a final carriage return is not. */
    static String visible(String line) {
        String shown = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (int tab = shown.indexOf('\t'); tab >= 0; tab = shown.indexOf('\t', start)) {
            text.append(ShellWords.visible(shown.substring(start, tab))).append('\t');
            start = tab + 1;
        }
        return text.append(ShellWords.visible(shown.substring(start))).toString();
    }
}
