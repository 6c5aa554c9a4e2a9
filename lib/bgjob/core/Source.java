package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.script.JobScript;
import java.util.List;

/** Which state of the files a job runs on, where that takes more than its directory as it is. */
interface Source {
    /**
     * What the source says of a job.
     *
     * @param root the work tree from which it was made
     * @param tree where the job runs, or null for its own directory
     * @param commit what HEAD is, in full
     * @param meta lines for its meta
     */
    record Ground(String root, JobScript.Tree tree, String commit, List<String> meta) {
    }

    /** @throws BgjobException when that is not possible for such a job */
    void check(JobSpec spec);

    /**
     * Makes what the job needs.
     *
     * @param id its id, which is claimed
     * @throws BgjobException when that fails; {@link #undo} then removes what is left
     */
    Ground prepare(JobId id, JobSpec spec);

    /** Removes all that it made. */
    void undo(JobId id);
}
