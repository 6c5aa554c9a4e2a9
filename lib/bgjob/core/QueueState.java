package bgjob.core;

import bgjob.job.JobId;
import java.util.List;

/**
 * A queue at one moment.
 *
 * @param slots how many jobs of it may run at the same time
 * @param running those that do; more than the slots when these were made fewer
 * @param waiting those that stand in its line, the first one first
 */
public record QueueState(String name, int slots, List<JobId> running, List<JobId> waiting) {
    /** Takes copies: a queue as it was seen never changes. */
    public QueueState {
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
    }
}
