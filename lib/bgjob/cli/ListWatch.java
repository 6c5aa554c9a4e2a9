package bgjob.cli;

import bgjob.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A list that stays: drawn again on a terminal as it changes, else printed again when more than durations changed. */
final class ListWatch {
    private static final long STEP = 500;

    private final Terminal terminal;
    private final String type;
    private final HumanOutput output;
    private final Supplier<List<Job>> list;

    ListWatch(Terminal terminal, String type, HumanOutput output, Supplier<List<Job>> list) {
        this.terminal = terminal;
        this.type = type;
        this.output = output;
        this.list = list;
    }

    /** Returns when nobody reads any more; on a terminal, only a signal ends it. */
    void run() {
        try (Screen screen = Screen.open(terminal, type, true)) {
            String before = null;
            while (!terminal.closed()) {
                List<Job> jobs = list.get();
                if (screen != null) {
                    draw(screen, jobs);
                } else {
                    String news = news(jobs);
                    if (!news.equals(before)) {
                        terminal.print((before == null ? "" : "\n") + output.table(jobs));
                        before = news;
                    }
                }
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw(Screen screen, List<Job> jobs) {
        screen.width();
        List<String> lines = List.of(output.table(jobs).split("\n"));
        int room = screen.height() - 1;
        if (lines.size() > room) {
            int more = lines.size() - room + 1;
            lines = new ArrayList<>(lines.subList(0, room - 1));
            lines.add("… and " + more + " more");
        }
        screen.draw(lines);
    }

    private static String news(List<Job> jobs) {
        StringBuilder text = new StringBuilder();
        for (Job job : jobs) {
            text.append(job.id()).append(' ').append(job.state()).append(' ').append(job.exit() == null ? "" : job.exit().code()).append(' ')
                    .append(job.progress() == null ? "" : ProgressText.cell(job.progress())).append('\n');
        }
        return text.toString();
    }
}
