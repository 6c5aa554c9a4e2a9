package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.Started;
import bgjob.job.JobId;
import bgjob.job.Saved;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rerun}: runs a job again. */
@Command(name = "rerun", description = "Run a job again as a new job: the same command, directory, --env and bounds, in today's environment. The"
        + " new job names the old one as its parent.",
        exitCodeList = {"0:the new job is started and recorded", "1:there is no such job, or it could not be started",
            "2:the command line makes no sense, or --failed is asked of a job that is no batch", "N:with --wait, the job's own exit status"},
        footer = {"  bgjob rerun tests", "  bgjob rerun encode --failed --wait", "  bgjob rerun tests --at-commit", "  bgjob rerun tests_20261121_050607"})
final class RerunCommand extends Verb {
    @Parameters(index = "0", paramLabel = "LABEL", description = "A label, naming its newest job, or a job id.")
    String label;

    @Option(names = "--failed", description = "Of a batch that has ended, run only the items that were not completed: failed, paused, lost or never"
            + " begun. They keep their numbers.")
    boolean failed;

    @Option(names = "--at-commit", description = "Run it in a temporary git worktree with the commit that the job ran on, and with its uncommitted"
            + " changes where `run --snapshot` has saved them. The worktree goes when the job has ended.")
    boolean atCommit;

    @Option(names = {"-f", "--follow"}, description = "Show the output as it comes; Ctrl+C ends the display, never the job.")
    boolean follow;

    @Option(names = "--wait", description = "Wait for the job to end and exit with its exit status.")
    boolean wait;

    @Option(names = "--json", description = "Print the new job as JSON, as status does; with --wait, as it was when it had ended.")
    boolean json;

    RerunCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new RerunCommand(surroundings);
    }

    @Override
    public Integer call() {
        requireOne(follow, json, label);
        Jobs jobs = jobs();
        JobId id = jobs.find(label);
        Started job = atCommit ? jobs.rerunAtCommit(id, failed) : jobs.rerun(id, failed);
        if (atCommit) {
            Saved saved = jobs.inspect(job.id()).leavings().saved();
            if (saved != null && saved.note() != null) {
                terminal().note(saved.note());
            }
        }
        return started(jobs, job, follow, wait, json);
    }
}
