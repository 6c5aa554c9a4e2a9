package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.Started;
import bgjob.job.JobId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}: goes on with a job. */
@Command(name = "resume", description = "Go on with a job. One that is held by pause runs on. One that paused itself (exit status 75), failed, was"
        + " stopped or was lost starts anew as a job of its own, with the same command and the checkpoint directory of the old one.",
        exitCodeList = {"0:the job goes on", "1:there is no such job, or nothing to resume", "2:the command line makes no sense",
            "125:the job is out of sight, on another machine say", "N:with --wait, the job's own exit status"},
        footer = {"  bgjob resume import", "  bgjob resume import_20261121_050607"})
final class ResumeCommand extends Verb {
    @Parameters(index = "0", paramLabel = "LABEL", description = "A label, naming its newest job, or a job id.")
    String label;

    @Option(names = {"-f", "--follow"}, description = "Show the output as it comes; Ctrl+C ends the display, never the job.")
    boolean follow;

    @Option(names = "--wait", description = "Wait for the job to end and exit with its exit status.")
    boolean wait;

    @Option(names = "--json", description = "Print the job that goes on as JSON, as status does; with --wait, as it was when it had ended.")
    boolean json;

    ResumeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new ResumeCommand(surroundings);
    }

    @Override
    public Integer call() {
        requireOne(follow, json, label);
        Jobs jobs = jobs();
        JobId id = jobs.find(label);
        Started started = jobs.resume(id);
        if (started != null) {
            return started(jobs, started, follow, wait, json);
        }
        if (json && !wait) {
            output(true).status(jobs.inspect(id));
        } else if (!json && !follow) {
            terminal().println(id + " runs on");
        }
        return stay(jobs, id, follow, wait, json);
    }
}
