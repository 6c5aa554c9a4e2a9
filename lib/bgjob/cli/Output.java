package bgjob.cli;

import bgjob.core.StopReceipt;
import bgjob.job.Job;
import bgjob.job.JobId;
import java.util.List;

/** How verbs tell what they found; they compute, it prints. */
interface Output {
    /** One job in full. */
    void status(Job job);

    /** Jobs in short, newest first. */
    void list(List<Job> jobs);

    /** Jobs that were waited for have ended. */
    void ended(List<Job> jobs);

    /** What stopping did. */
    void stopped(List<StopReceipt> receipts);

    /** The path of one of a job's files. */
    void path(JobId id, String file, String path);
}
