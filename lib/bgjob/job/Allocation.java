package bgjob.job;

/**
 * What another machine's scheduler gave a job, and what it says of it.
 *
 * @param id the scheduler's own number for the job, or null when none is recorded
 * @param array its number for the items of a batch, or null
 * @param partition the partition it was given to, or null
 * @param node the node that runs it or ran it, or null
 * @param state the scheduler's own word for its state, as it was last heard, or null
 * @param silent whether the scheduler was asked and did not answer
 */
public record Allocation(String id, String array, String partition, String node, String state, boolean silent) {
}
