package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.StopReceipt;
import bgjob.core.StopRequest;
import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.JobId;
import bgjob.job.SignalName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stop}: ends jobs. */
@Command(name = "stop", description = "End a job: TERM to its whole process group and to what left the group, KILL to what is left after"
        + " --grace. Says what it did and what survived; never 'stopped' before it is true.",
        exitCodeList = {"0:nothing of the jobs is left, or they had ended before", "1:there is no such job, or something survived",
            "2:the command line makes no sense", "125:the job is out of sight, on another machine say"},
        footer = {"  bgjob stop tests", "  bgjob stop api --signal INT --grace 30s", "  bgjob stop --all --reason 'going home'"})
final class StopCommand extends Verb {
    @Parameters(index = "0..*", arity = "0..*", paramLabel = "LABEL", description = "Labels, each naming its newest job, or job ids.")
    List<String> labels = new ArrayList<>();

    @Option(names = "--all", description = "Every job here that has not ended.")
    boolean all;

    @Option(names = "--signal", paramLabel = "SIGNAL", defaultValue = "TERM", description = "The first signal, TERM unless said"
            + " otherwise.")
    String signal;

    @Option(names = "--grace", paramLabel = "TIME", defaultValue = "10s", description = "How long to wait before KILL, 10s unless said"
            + " otherwise.")
    String grace;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    String reason;

    @Option(names = "--json", description = "Print JSON: an array of receipts.")
    boolean json;

    StopCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new StopCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (all != labels.isEmpty()) {
            throw BgjobException.usage(all ? "give labels or --all, not both" : "say what to stop: a label, a job id, or --all");
        }
        String by = surroundings().user() + " (bgjob stop, pid " + ProcessHandle.current().pid() + ")";
        StopRequest request = new StopRequest(SignalName.parse(signal), Durations.parse(grace), by, reason);
        Jobs jobs = jobs();
        List<JobId> ids = all ? jobs.active() : find(jobs, labels);
        List<StopReceipt> receipts = ids.size() == 1
                ? List.of(jobs.stop(ids.get(0), request))
                : jobs.stop(ids, request, (id, e) -> terminal().complain(e.getMessage()));
        boolean done = receipts.size() == ids.size();
        for (StopReceipt receipt : receipts) {
            done &= receipt.survivors().isEmpty() && !receipt.waits();
        }
        output(json).stopped(receipts);
        if (!json && ids.isEmpty()) {
            terminal().note("nothing is running");
        }
        if (!json && !all) {
            mentionOthers(jobs, ids);
        }
        return (done ? ExitCode.DONE : ExitCode.NOT_DONE).number();
    }

    /** A label names its newest job; an older one that still runs is easily overlooked. */
    private void mentionOthers(Jobs jobs, List<JobId> ids) {
        for (JobId id : ids) {
            for (JobId other : jobs.othersActive(id)) {
                if (!ids.contains(other)) {
                    terminal().note("note: " + other + " of the same label still runs; stop it by its id");
                }
            }
        }
    }
}
