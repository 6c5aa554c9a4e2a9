package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pause}: holds jobs. */
@Command(name = "pause", description = "Hold a running job: all its processes stand still until resume. Its time limit, if it has one, goes on.",
        exitCodeList = {"0:the jobs stand still", "1:there is no such job, or it does not run", "2:the command line makes no sense",
            "125:the job is out of sight, on another machine say"},
        footer = {"  bgjob pause scan", "  bgjob resume scan"})
final class PauseCommand extends Verb {
    @Parameters(index = "0..*", arity = "1..*", paramLabel = "LABEL", description = "Labels, each naming its newest job, or job ids.")
    List<String> labels = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON: an array of what status prints.")
    boolean json;

    PauseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new PauseCommand(surroundings);
    }

    @Override
    public Integer call() {
        Jobs jobs = jobs();
        List<JobId> ids = find(jobs, labels);
        for (JobId id : ids) {
            jobs.pause(id);
            if (!json) {
                terminal().println(id + " paused; to go on: bgjob resume " + id.label());
            }
        }
        if (json) {
            output(true).list(ids.stream().map(jobs::inspect).toList());
        }
        return ExitCode.DONE.number();
    }
}
