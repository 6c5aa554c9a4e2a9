package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.List;

/** Progress beside a log: bars at the bottom of a terminal, else lines on standard error as it changes. */
final class ProgressShow implements AutoCloseable {
    private static final long STEP = 300;

    private final Jobs jobs;
    private final List<JobId> ids;
    private final Terminal terminal;
    private final Screen screen;
    private final String[] said;
    private final Thread thread = new Thread(this::run, "progress");

    private ProgressShow(Jobs jobs, List<JobId> ids, Terminal terminal, String type) {
        this.jobs = jobs;
        this.ids = ids;
        this.terminal = terminal;
        this.screen = Screen.open(terminal, type, false);
        this.said = new String[ids.size()];
        thread.setDaemon(true);
    }

    static ProgressShow start(Jobs jobs, List<JobId> ids, Terminal terminal, String type) {
        ProgressShow show = new ProgressShow(jobs, ids, terminal, type);
        show.thread.start();
        return show;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void look() {
        List<String> bars = new ArrayList<>();
        for (int i = 0; i < said.length; i++) {
            Job job;
            try {
                job = jobs.inspect(ids.get(i));
            } catch (BgjobException e) {
                continue; // what is wrong with it, the log's reader says
            }
            if (screen != null) {
                if (job.active()) {
                    bars.add(ProgressText.bar(job.id().label(), job.progress(), screen.width()));
                }
            } else if (job.progress() != null) {
                say(i, job);
            }
        }
        if (screen != null) {
            screen.draw(bars);
        }
    }

    /** One line when something else is done than before; the time left alone is no news. */
    private void say(int i, Job job) {
        String text = job.id().label() + ": " + ProgressText.line(job.progress());
        String news = ProgressText.cell(job.progress()) + job.progress().current() + job.progress().item() + job.progress().failedCount();
        if (!news.equals(said[i])) {
            said[i] = news;
            terminal.note(text);
        }
    }

    /** Takes the bars away; where there are none, says what was not said yet. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (screen == null) {
            look();
        } else {
            screen.close();
        }
    }
}
