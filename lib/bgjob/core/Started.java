package bgjob.core;

import bgjob.job.JobFiles;
import bgjob.job.JobId;

/**
 * A job that was recorded a moment ago; what it does by now is another question.
 *
 * @param pid the leader's, or -1 where the backend has none
 * @param pgid the process group's, or -1 where the backend has none
 * @param handle the number under which a scheduler knows it, or null
 * @param notRun why it will never run, or null
 */
public record Started(JobId id, long pid, long pgid, JobFiles files, String handle, String notRun) {
}
