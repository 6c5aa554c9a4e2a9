package bgjob.cli;

import bgjob.core.JobFilter;
import bgjob.core.Jobs;
import bgjob.job.Job;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: one job in full. */
@Command(name = "status", description = "Say how a job stands. Without LABEL: the newest job of any label. The first line is"
        + " 'RUNNING label=L pid=P' or 'NOT RUNNING label=L pid=P', or begins with 'CANNOT TELL' where the job is out of sight; the second is"
        + " its exit code, or that there is none yet.",
        exitCodeList = {"0:the job is known, whatever its state", "1:there is no such job", "2:the command line makes no sense"},
        footer = {"  bgjob status tests", "  bgjob status tests --json", "  bgjob status tests_20261121_050607"})
final class StatusCommand extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "LABEL", description = "A label, which names its newest job, or a job id.")
    String label;

    @Option(names = "--json", description = "Print JSON (docs/json.md).")
    boolean json;

    StatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new StatusCommand(surroundings);
    }

    @Override
    public Integer call() {
        Jobs jobs = jobs();
        if (label == null) {
            List<Job> newest = jobs.list(new JobFilter(null, Set.of(), false, 0, 1));
            if (newest.isEmpty()) {
                terminal().complain("no jobs yet in " + jobs.directory() + "; start one with: bgjob run LABEL -- CMD");
                return ExitCode.NOT_DONE.number();
            }
            output(json).status(newest.get(0));
        } else {
            output(json).status(jobs.inspect(jobs.find(label)));
        }
        return ExitCode.DONE.number();
    }
}
