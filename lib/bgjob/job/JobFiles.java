package bgjob.job;

/** The paths of a job's record, absolute; whether each exists is another matter. */
public record JobFiles(String log, String meta, String exit, String pid, String script) {
}
