package bgjob.cli;

import bgjob.job.Allocation;
import bgjob.job.Durations;
import bgjob.job.Job;
import bgjob.job.JobState;
import bgjob.job.Saved;
import bgjob.job.ShellWords;
import bgjob.job.Sizes;
import bgjob.job.Survivor;
import java.io.File;

/** Writes one job's status for people. */
final class StatusText {
    private StatusText() {
    }

    /** @return what a job's status is, a fact a line; the first two lines are for programs */
    static String of(Job job, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        boolean running = job.state() == JobState.RUNNING || job.state() == JobState.PAUSED && job.exit() == null;
        text.append(job.state() == null ? "CANNOT TELL" : running ? "RUNNING" : "NOT RUNNING")
                .append(" label=").append(job.id().label()).append(" pid=").append(job.pid() < 0 ? "unknown" : Long.toString(job.pid()))
                .append('\n');
        exitLine(text, job);
        HumanOutput.line(text, "Id", job.id().toString());
        HumanOutput.name(text, "State").append(terminal.paint(HumanOutput.colour(job.state()), HumanOutput.state(job)))
                .append(ShellWords.visible(HumanOutput.ending(job))).append(HumanOutput.left(job)).append('\n');
        if (job.reason() != null) {
            HumanOutput.line(text, "Reason", job.reason());
        }
        if (job.stopNote() != null) {
            HumanOutput.line(text, "Stopped", job.stopNote());
        }
        for (Survivor survivor : job.survivors()) {
            HumanOutput.line(text, "Survivor", HumanOutput.survivor(survivor));
        }
        if (job.standing() != null && job.standing().queue() != null) {
            HumanOutput.line(text, "Queue", job.standing().queue() + ", priority " + job.standing().priority());
        }
        if (job.times().started() != null) {
            HumanOutput.line(text, "Started", HumanOutput.zoned(job, job.times().started()));
        }
        if (job.times().finished() != null) {
            HumanOutput.line(text, "Ended", HumanOutput.zoned(job, job.times().finished()));
        }
        if (job.times().duration() != null) {
            HumanOutput.line(text, "Duration", Durations.format(job.times().duration()));
        }
        if (job.progress() != null) {
            HumanOutput.line(text, "Progress", ProgressText.line(job.progress()));
        }
        if (job.allocation() != null) {
            HumanOutput.line(text, "Slurm", slurm(job));
        }
        if (job.git() != null) {
            HumanOutput.line(text, "Git", HumanOutput.git(job));
        }
        saved(text, job.leavings().saved());
        HumanOutput.line(text, "Command", HumanOutput.command(job, Integer.MAX_VALUE));
        if (job.cwd() != null) {
            HumanOutput.line(text, "Directory", job.cwd());
        }
        HumanOutput.line(text, "Log", job.files().log());
        if (job.leavings().dropped() > 0) {
            HumanOutput.line(text, "Dropped", Sizes.format(job.leavings().dropped()) + " from the middle of the log (--max-log)");
        }
        if (job.leavings().uncapped() != null) {
            HumanOutput.line(text, "Warning", "the log can outgrow --max-log, as no part of it can be dropped here: " + job.leavings().uncapped());
        }
        if (job.leavings().hook() != null) {
            HumanOutput.line(text, "On exit", "what --on-exit asked for ended with " + job.leavings().hook());
        }
        HumanOutput.line(text, "Meta", job.files().meta());
        HumanOutput.line(text, "Script", job.files().script());
        return text.toString();
    }

    private static void saved(StringBuilder text, Saved saved) {
        if (saved != null && saved.commit() != null) {
            HumanOutput.line(text, "Worktree", "a temporary one at that commit" + (saved.bytes() > 0 ? ", with the changes saved for the first run" : "")
                    + (saved.note() == null ? "" : "; " + saved.note()));
        } else if (saved != null) {
            HumanOutput.line(text, "Snapshot", saved.bytes() == 0 ? "there were no changes to save" : Sizes.format(saved.bytes()) + " of changes");
        }
    }

    private static void exitLine(StringBuilder text, Job job) {
        boolean there = new File(job.files().exit()).exists();
        if (job.exit() == null) {
            text.append("EXITCODE <unknown yet> (").append(there ? "damaged file: " + ShellWords.visible(job.files().exit())
                    : "no .exit file found").append(")\n");
        } else {
            String file = there ? job.files().exit() : job.files().meta();
            text.append("EXITCODE ").append(job.exit().code()).append(" (file: ").append(ShellWords.visible(file)).append(")\n");
        }
    }

    private static String slurm(Job job) {
        Allocation allocation = job.allocation();
        return (allocation.id() == null ? "no job number" + (job.active() ? " yet" : "") : "job " + allocation.id())
                + (allocation.array() == null ? "" : " behind array " + allocation.array())
                + (allocation.partition() == null ? "" : ", partition " + allocation.partition())
                + (allocation.node() == null ? "" : ", node " + allocation.node())
                + (allocation.silent() ? ", the controller does not answer" : allocation.state() == null ? "" : ", " + allocation.state());
    }
}
