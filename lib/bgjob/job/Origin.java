package bgjob.job;

/**
 * Where a job comes from that runs another one again.
 *
 * @param parent the other one, or null when there is none
 * @param attempt the number of its first attempt, from 1
 * @param continues whether it takes over the other one's checkpoint directory
 */
public record Origin(JobId parent, int attempt, boolean continues) {
    /** A job of its own. */
    public static final Origin NONE = new Origin(null, 1, false);

    /** @return the job whose checkpoint directory is taken over, or null */
    public JobId continued() {
        return continues ? parent : null;
    }
}
