package bgjob.doctor;

import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.store.LogsDir;
import bgjob.store.StoreReview;
import bgjob.store.WorkTrees;
import java.util.ArrayList;
import java.util.List;

/** What lies among the records and belongs to no job, and the cache of their ids. */
final class RecordChecks {
    private final Records records;

    RecordChecks(Records records) {
        this.records = records;
    }

    List<Check> all() {
        return List.of(new Check("orphans", this::orphans), new Check("temporaries", this::temporaries),
                new Check("worktrees", this::worktrees), new Check("index", this::index));
    }

    Finding orphans() {
        List<String> orphans = records.review().orphans();
        return orphans.isEmpty() ? Finding.ok("every log has a record")
                : Finding.note(count(orphans.size(), "log has", "logs have") + " no record, left by a 'bgjob run' that was killed, or by hand: "
                        + some(orphans),
                        "remove them, if nobody needs them, in " + records.directory());
    }

    Finding temporaries() {
        List<String> left = records.review().temporaries();
        return left.isEmpty() ? Finding.ok("no temporary file is left over")
                : Finding.note(count(left.size(), "temporary file was", "temporary files were") + " left by a process that was killed: "
                        + some(left),
                        "remove them in " + records.directory());
    }

    Finding worktrees() {
        List<JobId> left = new ArrayList<>();
        for (JobId id : new WorkTrees(new LogsDir(records.directory())).all()) {
            Job job = records.jobs().inspect(id);
            if (job.state() != null && !job.active() && job.survivors().isEmpty()) {
                left.add(id);
            }
        }
        return left.isEmpty() ? Finding.ok("no temporary worktree is left over")
                : Finding.note(count(left.size(), "job has", "jobs have") + " left a temporary worktree behind: " + some(left),
                        "remove what has no process any more: bgjob prune --orphans");
    }

    Finding index() {
        StoreReview.Index index = records.review().index();
        return switch (index) {
            case UNNEEDED -> Finding.ok("there are too few records to need an index");
            case GOOD -> Finding.ok("the index of ids is up to date");
            case STALE -> Finding.ok("the index of ids is out of date; the next command that needs it makes it anew");
            case DAMAGED -> Finding.note("the index of ids is damaged; the next command that needs it makes it anew", "see what else wrote in "
                    + records.directory() + "/index");
            case MISSING -> Finding.note("there is no index of ids yet, so the next command lists the directory and makes one", "run: bgjob list");
            case COARSE -> Finding.note("there can be no index of ids, since the file system keeps whole seconds only",
                    "use --dir DIR on another file system, or remove old records");
        };
    }

    static String count(int n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }

    /** @return the first few of them */
    static String some(List<?> all) {
        int most = 3;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(most, all.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(all.get(i));
        }
        return all.size() > most ? text + " and " + (all.size() - most) + " more" : text.toString();
    }
}
