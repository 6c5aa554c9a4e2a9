package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.PruneReceipt;
import bgjob.core.PruneRequest;
import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.json.PruneJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prune}: removes records. */
@Command(name = "prune", description = {"Remove the records of jobs that have ended, all their files: those of which every option given here holds.", "At"
        + " least one of --older-than, --keep, --state and --orphans is needed, or a job id. Never removed are jobs that have not ended or are out"
        + " of sight, those that paused themselves unless --state names paused, and the newest job of each label unless --keep 0 is given."},
        exitCodeList = {"0:removed, also when there was nothing to remove", "1:there is no such job, it may not be removed, or a file could not be removed",
            "2:the command line makes no sense"},
        footer = {"  bgjob prune --older-than 7d", "  bgjob prune tests --keep 20", "  bgjob prune --state completed --older-than 1d --dry-run",
            "  bgjob prune --orphans", "  bgjob prune tests_20261121_050607"})
final class PruneCommand extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "LABEL", description = "Only jobs of this label; or one job, by its id, whatever its age"
            + " and place.")
    String label;

    @Option(names = "--older-than", paramLabel = "TIME", description = "Only jobs that ended longer ago than TIME, such as 12h or 7d.")
    String olderThan;

    @Option(names = "--keep", paramLabel = "N", description = "All but the newest N jobs of each label; 1 unless said otherwise.")
    Integer keep;

    @Option(names = "--state", paramLabel = "STATE", split = ",", description = "Only jobs in one of these states: paused, completed, failed, stopped,"
            + " timed-out, lost.")
    List<String> states = new ArrayList<>();

    @Option(names = "--orphans", description = "Also files that belong to no job and are older than an hour: what a killed run or prune has"
            + " left. And temporary worktrees of jobs that have ended.")
    boolean orphans;

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    boolean dryRun;

    @Option(names = "--json", description = "Print JSON (docs/json.md).")
    boolean json;

    private PruneCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new PruneCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (keep != null && keep < 0) {
            throw BgjobException.usage("--keep " + keep + ": a number from 0 up is needed");
        }
        Set<JobState> wanted = ListCommand.states(states);
        if (wanted.contains(JobState.RUNNING) || wanted.contains(JobState.QUEUED)) {
            throw BgjobException.usage("--state " + String.join(",", states) + ": a job that has not ended is never removed; use paused, completed, failed, stopped,"
                    + " timed-out or lost");
        }
        Long before = olderThan == null ? null : Long.valueOf(System.currentTimeMillis() - Durations.parse(olderThan));
        boolean criterion = before != null || keep != null || !wanted.isEmpty();
        Jobs jobs = jobs();
        JobId found = label == null ? null : jobs.find(label);
        JobId only = found != null && found.toString().equals(label) ? found : null;
        if (!criterion && !orphans && only == null) {
            throw BgjobException.usage("prune would remove every job but the newest; say which: --older-than 7d, --keep 20, --state failed, --orphans"
                    + " or a job id (--keep 1 if you mean it)");
        }
        if (only != null && keep != null || label != null && orphans) {
            throw BgjobException.usage(orphans ? "--orphans is about files that belong to no job, so leave out '" + label + "'"
                    : "a job id names one job, so leave out --keep");
        }
        PruneRequest request = new PruneRequest(found == null ? null : found.label(), only, before, keep == null ? 1 : keep, wanted,
                criterion || only != null, orphans, dryRun);
        PruneReceipt receipt = jobs.prune(request);
        if (json) {
            new JsonOutput(terminal()).print(PruneJson.of(receipt, dryRun));
        } else {
            terminal().print(PruneText.text(receipt, dryRun));
        }
        for (String failure : receipt.failures()) {
            terminal().complain(failure);
        }
        boolean refused = only != null && !criterion && receipt.removed().isEmpty() && receipt.failures().isEmpty();
        if (refused) {
            terminal().complain(only + " was not removed: " + (receipt.active() > 0 ? "it has not ended, or still runs its --on-exit; stop it first"
                    : receipt.paused() > 0 ? "it paused itself and may go on; --state paused removes it all the same"
                    : receipt.unknown() > 0 ? "bgjob cannot tell whether it has ended" : "somebody else was faster"));
        }
        return (receipt.failures().isEmpty() && !refused ? ExitCode.DONE : ExitCode.NOT_DONE).number();
    }
}
