package bgjob.cli;

import bgjob.core.JobResult;
import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobState;
import bgjob.json.ResultJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code result}: how a job ended, and what it left. */
@Command(name = "result", description = "Say how a job ended: its state, exit status and time, who stopped it, what failed, the result that it"
        + " wrote to $BGJOB_RESULT and, unless it was completed, the last lines of its log.",
        exitCodeList = {"0:it has ended, however", "1:there is no such job, or it has not ended, or with --raw it left no result",
            "2:the command line makes no sense", "125:the job is lost or out of sight, so nobody knows how it ended"},
        footer = {"  bgjob result tests", "  bgjob result tests -n 50", "  bgjob result scan --raw >report.txt", "  bgjob result scan --json"})
final class ResultCommand extends Verb {
    @Parameters(index = "0", paramLabel = "LABEL", description = "A label, which names its newest job, or a job id.")
    String label;

    @Option(names = "-n", paramLabel = "N", description = "Print the last N lines of the log, also of a completed job; else 10 when it was"
            + " not completed.")
    Integer lines;

    @Option(names = "--raw", description = "Print the result alone, byte for byte.")
    boolean raw;

    @Option(names = "--failed", description = "With --json, of a batch: list only items that were not completed.")
    boolean failed;

    @Option(names = "--from", paramLabel = "N", description = "With --json, of a batch: list items from number N on, a thousand at a time; batch.next"
            + " is the number to ask for then.")
    Integer from;

    @Option(names = "--json", description = "Print JSON; a result that is JSON is part of it.")
    boolean json;

    private ResultCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new ResultCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (lines != null && lines < 0) {
            throw BgjobException.usage("-n " + lines + ": a number from 0 up is needed");
        }
        if (raw && (json || lines != null)) {
            throw BgjobException.usage("--raw goes with neither --json nor -n");
        }
        if (!json && (from != null || failed)) {
            throw BgjobException.usage("--from and --failed belong to --json; without it, result names items that were not completed");
        }
        if (from != null && from < 1) {
            throw BgjobException.usage("--from " + from + ": a number from 1 up is needed");
        }
        Jobs jobs = jobs();
        JobResult result = jobs.result(jobs.find(label), lines == null ? -1 : lines);
        Job job = result.job();
        if (raw) {
            return raw(jobs, result);
        }
        if (json) {
            new JsonOutput(terminal()).print(ResultJson.of(result, from == null ? 1 : from, failed));
        } else if (job.active()) {
            throw unended(job);
        } else {
            terminal().print(ResultText.text(result, terminal()));
        }
        return status(job).number();
    }

    private static ExitCode status(Job job) {
        return job.active() ? ExitCode.NOT_DONE : job.state() == null || job.state() == JobState.LOST ? ExitCode.CANNOT_TELL : ExitCode.DONE;
    }

    private static BgjobException unended(Job job) {
        if (job.state() == null) {
            return BgjobException.cannotTell("cannot tell how " + job.id() + " stands: " + job.reason());
        }
        return BgjobException.failed(job.id() + " has not ended, it is " + job.state().word() + (job.progress() == null ? "" : ", " + ProgressText.line(job.progress()))
                + "; `bgjob wait " + job.id() + "` waits for its end");
    }

    private int raw(Jobs jobs, JobResult result) {
        Job job = result.job();
        if (job.active()) {
            throw unended(job);
        }
        if (result.left() == null) {
            throw BgjobException.notFound(job.id() + " left no result; a command leaves one by writing to the file that $BGJOB_RESULT names");
        }
        jobs.copyResult(job.id(), terminal()::write);
        return status(job).number();
    }
}
