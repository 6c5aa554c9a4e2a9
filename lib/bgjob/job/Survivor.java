package bgjob.job;

/**
 * A process of a job that lives though the job's leader does not, or though it was told to end.
 *
 * @param pid process id
 * @param pgid its process group, which may be another than the job's
 * @param command what it runs, as the system shows it, secrets masked
 */
public record Survivor(long pid, long pgid, String command) {
}
