package bgjob.core;

import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.job.JobState;
import bgjob.job.Rfc3339;
import bgjob.log.LogFile;
import bgjob.store.JobStore;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts together how a job ended. */
final class Results {
    /** The end of a log in which its last lines are looked for. */
    private static final int TAIL = 1 << 20;

    private final JobStore store;

    Results(JobStore store) {
        this.store = store;
    }

    /**
     * @param lines how many of the log's last lines, or -1 for ten where the job was not completed
     */
    JobResult of(Job job, int lines) {
        Facts facts = store.facts(job.id());
        JobResult.Stop stop = facts.last("stop_signal") == null ? null : new JobResult.Stop(facts.last("stop_by"),
                Rfc3339.parse(facts.last("stop_at")), facts.last("stop_reason"), facts.last("stop_signal"));
        int most = lines >= 0 ? lines : job.active() || job.state() == JobState.COMPLETED ? 0 : 10;
        JobResult.Result left = JobResult.Result.of(store.result(job.id(), JobResult.MOST_BYTES));
        LogFile log = new LogFile(job.files().log(), LogGap.of(store, job.id()));
        return new JobResult(job, stop, left, most == 0 || !new File(job.files().log()).exists() ? List.of() : last(log, most),
                new Batches(store).results(job));
    }

    private static List<String> last(LogFile log, int most) {
        long size = log.size();
        long from = Math.max(0, size - TAIL);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        log.copy(from, size, bytes::write);
        List<String> lines = new ArrayList<>(Arrays.asList(bytes.toString(StandardCharsets.UTF_8).split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        if (from > 0 && lines.size() > 1) {
            lines.remove(0); // its beginning is missing
        }
        return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }
}
