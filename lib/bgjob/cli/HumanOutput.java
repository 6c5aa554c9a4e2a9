package bgjob.cli;

import bgjob.core.Started;
import bgjob.core.StopReceipt;
import bgjob.job.Batch;
import bgjob.job.Durations;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.Rfc3339;
import bgjob.job.ShellWords;
import bgjob.job.Survivor;
import java.util.List;

/** Text for people. What comes from a job is shown with control characters escaped. */
final class HumanOutput implements Output {
    private static final int COMMAND_WIDTH = 60;
    private static final int SHORT_SHA = 12;
    private static final String NONE = "-";

    private final Terminal terminal;
    private final String called;
    private final String dir;

    /**
     * @param called how the program was called
     * @param dir the value of {@code --dir}, or null
     */
    HumanOutput(Terminal terminal, String called, String dir) {
        this.terminal = terminal;
        this.called = ShellWords.quote(called);
        this.dir = dir == null ? "" : " --dir " + ShellWords.quote(dir);
    }

    /** A job was started, or recorded as one that must not run; JSON says that by the job's status. */
    void started(Started job) {
        String label = job.id().label();
        StringBuilder text = new StringBuilder();
        line(text, job.notRun() == null ? "Started" : "Not run", job.notRun() == null ? label : job.notRun());
        line(text, "Id", job.id().toString());
        if (job.notRun() != null) {
            line(text, "Meta", job.files().meta());
            terminal.print(text.toString());
            return;
        }
        if (job.handle() == null) {
            line(text, "PID", Long.toString(job.pid()));
            line(text, "PGID", Long.toString(job.pgid()));
        } else {
            line(text, "Slurm", "job " + job.handle());
        }
        line(text, "Log", job.files().log());
        line(text, "Meta", job.files().meta());
        line(text, "Follow", called + " follow " + label + dir);
        line(text, "Stop", called + " stop " + label + dir);
        terminal.print(text.toString());
    }

    /** How much there is to do in a batch that was started. */
    void items(Batch batch) {
        StringBuilder text = new StringBuilder();
        int all = batch.items().size();
        line(text, "Items", all + ", " + (batch.slots() >= all ? "all" : Integer.toString(batch.slots())) + " at the same time");
        terminal.print(text.toString());
    }

    @Override
    public void status(Job job) {
        terminal.print(StatusText.of(job, terminal));
    }

    @Override
    public void list(List<Job> jobs) {
        if (jobs.isEmpty()) {
            terminal.note("no jobs");
        } else {
            terminal.print(table(jobs));
        }
    }

    /** @return the jobs in short, a line for each and one of headings */
    String table(List<Job> jobs) {
        String[][] rows = new String[jobs.size() + 1][];
        rows[0] = new String[] {"ID", "STATE", "PROGRESS", "STARTED", "DURATION", "EXIT", "COMMAND"};
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            Long started = job.times().started() == null ? job.times().created() : job.times().started();
            rows[i + 1] = new String[] {job.id().toString(), state(job) + left(job), job.progress() == null ? NONE : ProgressText.cell(job.progress()),
                started == null ? NONE : Rfc3339.local(started, offset(job)),
                job.times().duration() == null ? NONE : Durations.format(job.times().duration()), exit(job), command(job, COMMAND_WIDTH)};
        }
        StringBuilder text = new StringBuilder();
        int[] widths = widths(rows);
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < widths.length; c++) {
                String cell = rows[r][c];
                boolean last = c == widths.length - 1;
                text.append(c == 1 && r > 0 ? terminal.paint(colour(jobs.get(r - 1).state()), cell) : cell);
                for (int n = cell.length(); !last && n < widths[c] + 2; n++) {
                    text.append(' ');
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    static int[] widths(String[][] rows) {
        int[] widths = new int[rows[0].length];
        for (String[] row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        }
        return widths;
    }

    @Override
    public void ended(List<Job> jobs) {
        for (Job job : jobs) {
            terminal.println(ShellWords.visible(ending(job.id(), job) + (job.exit() == null || job.reason() == null ? "" : ": " + job.reason())));
        }
    }

    /** @return one sentence on how a job ended, or stands; what is recorded stands in it as it is */
    static String ending(JobId id, Job job) {
        String duration = job.times().duration() == null ? "" : " after " + Durations.format(job.times().duration());
        String reason = job.exit() != null || job.reason() == null ? "" : ": " + job.reason();
        return id + " " + state(job) + ending(job) + duration + left(job) + reason;
    }

    @Override
    public void stopped(List<StopReceipt> receipts) {
        for (StopReceipt receipt : receipts) {
            StringBuilder text = new StringBuilder();
            if (receipt.signals().isEmpty()) {
                text.append("not running: ").append(ShellWords.visible(ending(receipt.job().id(), receipt.job()))).append('\n');
            } else if (receipt.waits()) {
                terminal.complain(receipt.job().id() + " is left by all but its leader, process " + receipt.job().pid() + ", which waits until it can record the ending"
                        + (receipt.job().reason() == null ? "; can .logs be written?" : ": " + receipt.job().reason()));
            } else if (receipt.survivors().isEmpty()) {
                text.append(ShellWords.visible(ending(receipt.job().id(), receipt.job()))).append("; sent ").append(String.join(", ", receipt.signals()))
                        .append(", nothing of it is left\n");
            }
            terminal.print(text.toString());
            if (!receipt.survivors().isEmpty()) {
                terminal.complain(receipt.job().id() + " is not stopped: " + receipt.survivors().size() + " left after "
                        + String.join(", ", receipt.signals()) + "; see `ps`, or try again with --signal KILL");
                for (Survivor survivor : receipt.survivors()) {
                    terminal.note("  survivor " + survivor(survivor));
                }
            }
        }
    }

    @Override
    public void path(JobId id, String file, String path) {
        terminal.println(path);
    }

    static String zoned(Job job, long millis) {
        return Rfc3339.local(millis, offset(job)) + " " + Rfc3339.offset(offset(job));
    }

    private static int offset(Job job) {
        Long created = job.times().created();
        return Rfc3339.offset(job.id().stamp(), created == null ? 0 : created);
    }

    static String state(Job job) {
        return job.state() == null ? "cannot-tell" : job.state().word();
    }

    static String ending(Job job) {
        if (job.exit() == null) {
            return "";
        }
        return job.exit().signal() == null ? " (exit " + job.exit().code() + ")"
                : " (exit " + job.exit().code() + ", signal " + job.exit().signal() + ")";
    }

    static String left(Job job) {
        int left = job.leavings().processes();
        return left == 0 ? "" : ", left " + left + (left == 1 ? " process" : " processes");
    }

    private static String exit(Job job) {
        return job.exit() == null ? NONE : Integer.toString(job.exit().code());
    }

    static String command(Job job, int width) {
        String command = ShellWords.join(job.command());
        return command.isEmpty() ? NONE : command.length() <= width ? command : command.substring(0, width - 1) + "…";
    }

    static String git(Job job) {
        String sha = job.git().sha();
        String text = sha == null ? "no commit yet" : sha.length() > SHORT_SHA ? sha.substring(0, SHORT_SHA) : sha;
        String branch = job.git().branch() == null ? "" : " on " + job.git().branch();
        String dirty = job.git().dirty() == null ? "" : job.git().dirty() ? ", with uncommitted changes" : ", clean";
        return text + branch + dirty;
    }

    static String survivor(Survivor survivor) {
        return survivor.pid() + " (group " + survivor.pgid() + "): " + ShellWords.visible(survivor.command());
    }

    static int colour(JobState state) {
        if (state == null) {
            return 35;
        }
        return switch (state) {
            case RUNNING -> 36;
            case COMPLETED -> 32;
            case FAILED, TIMED_OUT, LOST -> 31;
            case QUEUED, PAUSED, STOPPED -> 33;
        };
    }

    static void line(StringBuilder text, String name, String value) {
        name(text, name).append(ShellWords.visible(value)).append('\n');
    }

    static StringBuilder name(StringBuilder text, String name) {
        text.append(name).append(':');
        for (int n = name.length(); n < 10; n++) {
            text.append(' ');
        }
        return text;
    }
}
