package bgjob.backend;

import bgjob.job.Facts;
import bgjob.job.JobId;

/**
 * A job as its backend knows it again.
 *
 * @param id the job
 * @param dir the {@code .logs} directory it is recorded in, absolute
 * @param facts its recorded facts, of which only the backend knows which are its own
 */
public record BackendRef(JobId id, String dir, Facts facts) {
}
