package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code follow}: output as it comes. */
@Command(name = "follow", description = "Show a job's output from its beginning and as it comes. Ends by itself when the job has ended and all"
        + " is shown. Ctrl+C ends the display, never the job. Several labels are shown at once, each line with its label in front.",
        exitCodeList = {"0:the jobs have ended, however", "1:there is no such job", "2:the command line makes no sense",
            "130:ended by Ctrl+C; the jobs go on"},
        footer = {"  bgjob follow tests", "  bgjob follow tests -n 20", "  bgjob follow tests --progress", "  bgjob follow tests_unit tests_integration docs_check"})
final class FollowCommand extends Verb {
    @Parameters(index = "0..*", arity = "1..*", paramLabel = "LABEL", description = "Labels, each naming its newest job, or job ids.")
    List<String> labels = new ArrayList<>();

    @Option(names = "-n", paramLabel = "N", description = "Begin with the last N lines.")
    Long lines;

    @Option(names = "--json", description = "Print JSON, one object a line: id, from, next and text for output as it comes, at the end id and"
            + " job.")
    boolean json;

    @Option(names = "--progress", description = "Show how far the job is: a bar at the bottom of a terminal, else lines on standard error"
            + " (docs/progress.md).")
    boolean progress;

    FollowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new FollowCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (lines != null && lines < 0) {
            throw BgjobException.usage("-n " + lines + ": a number from 0 up is needed");
        }
        if (json && progress) {
            throw BgjobException.usage("--progress does not go with --json; with --json the job itself says how far it came");
        }
        Jobs jobs = jobs();
        List<JobId> ids = find(jobs, labels);
        long begin = lines == null ? LogShow.ALL : lines;
        if (progress) {
            try (ProgressShow shown = ProgressShow.start(jobs, ids, terminal(), surroundings().environment().get("TERM"))) {
                return (LogShow.follow(jobs, ids, terminal(), begin) ? ExitCode.DONE : ExitCode.NOT_DONE).number();
            }
        }
        boolean shown = json ? LogShow.followAsJson(jobs, ids, terminal(), begin) : LogShow.follow(jobs, ids, terminal(), begin);
        return (shown ? ExitCode.DONE : ExitCode.NOT_DONE).number();
    }
}
