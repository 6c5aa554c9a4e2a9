package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.Job;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wait}: blocks until jobs have ended. */
@Command(name = "wait", description = "Wait until the jobs have ended and exit with the job's own exit status. Of several, the first in the"
        + " order given that did not end with 0 decides.",
        exitCodeList = {"N:the job's own exit status, 128+n for signal n", "1:also: there is no such job", "2:also: the command line makes no sense",
            "124:--timeout ran out first", "125:the job is lost, or bgjob cannot tell"},
        footer = {"  bgjob wait tests && bgjob run deploy -- ./deploy.sh", "  bgjob wait unit integration --timeout 30m", "  bgjob wait --any a b"})
final class WaitCommand extends Verb {
    @Parameters(index = "0..*", arity = "1..*", paramLabel = "LABEL", description = "Labels, each naming its newest job, or job ids.")
    List<String> labels = new ArrayList<>();

    @Option(names = "--any", description = "Until one of them has ended; its exit status counts.")
    boolean any;

    @Option(names = "--all", description = "Until all of them have ended; this is the default.")
    boolean all;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Give up after TIME with exit status 124; the jobs go on.")
    String timeout;

    @Option(names = "--json", description = "Print JSON: an array of the jobs that have ended.")
    boolean json;

    WaitCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new WaitCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (any && all) {
            throw BgjobException.usage("--any and --all exclude each other");
        }
        long millis = timeout == null ? 0 : Math.max(1, Durations.parse(timeout));
        Jobs jobs = jobs();
        List<JobId> ids = find(jobs, labels);
        List<Job> ended = jobs.await(ids, any, millis);
        output(json).ended(ended);
        if (ended.size() < (any ? 1 : ids.size())) {
            terminal().complain("still waiting after " + Durations.format(millis) + ": " + missing(ids, ended) + "; the jobs go on");
            return ExitCode.TIME_OUT.number();
        }
        int status = 0;
        for (Job job : ended) {
            int own = status(job, terminal());
            status = status == 0 ? own : status;
        }
        return status;
    }

    private static String missing(List<JobId> ids, List<Job> ended) {
        StringBuilder text = new StringBuilder();
        for (JobId id : ids) {
            boolean over = false;
            for (Job job : ended) {
                over |= job.id().equals(id);
            }
            text.append(over ? "" : text.length() == 0 ? id.toString() : ", " + id);
        }
        return text.toString();
    }

    /** @return the exit status that waiting for the job gives, said on standard error where it is not the job's own */
    static int status(Job job, Terminal terminal) {
        if (job.exit() != null) {
            return job.exit().code();
        }
        terminal.complain("cannot tell how " + job.id() + " ended: " + job.reason());
        return ExitCode.CANNOT_TELL.number();
    }
}
