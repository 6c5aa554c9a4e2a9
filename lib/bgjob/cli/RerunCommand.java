package bgjob.cli;

import bgjob.core.Jobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rerun}: runs a job again. */
@Command(name = "rerun", description = "Run a job again as a new job: the same command, directory, --env and bounds, in today's environment. The"
        + " new job names the old one as its parent.",
        exitCodeList = {"0:the new job is started and recorded", "1:there is no such job, or it could not be started",
            "2:the command line makes no sense, or --failed is asked of a job that is no batch"},
        footer = {"  bgjob rerun tests", "  bgjob rerun encode --failed", "  bgjob rerun tests_20261121_050607"})
final class RerunCommand extends Verb {
    @Parameters(index = "0", paramLabel = "LABEL", description = "A label, naming its newest job, or a job id.")
    String label;

    @Option(names = "--failed", description = "Of a batch that has ended, run only the items that were not completed: failed, paused, lost or never"
            + " begun. They keep their numbers.")
    boolean failed;

    @Option(names = "--json", description = "Print the new job as JSON, as status does.")
    boolean json;

    RerunCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new RerunCommand(surroundings);
    }

    @Override
    public Integer call() {
        Jobs jobs = jobs();
        started(jobs, jobs.rerun(jobs.find(label), failed), json);
        return ExitCode.DONE.number();
    }
}
