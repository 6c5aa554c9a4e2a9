package bgjob.job;

import java.util.List;

/**
 * How a job that had to wait stands.
 *
 * @param queue the queue's name, or null when it waits for other jobs only
 * @param slots how many jobs of the queue may run at the same time, or 0 without a queue
 * @param priority its priority in the queue
 * @param place its place in the queue's line, from 1; 0 when it does not stand there, or no longer
 * @param after the jobs that had to end first
 * @param waitingFor those of them that have not ended; empty once it does not wait any more
 */
public record Standing(String queue, int slots, int priority, int place, List<Queueing.After> after, List<JobId> waitingFor) {
    /** Takes copies: what was answered never changes. */
    public Standing {
        after = List.copyOf(after);
        waitingFor = List.copyOf(waitingFor);
    }

    /** @return what it waits for now, a part of a sentence */
    public String waits() {
        StringBuilder text = new StringBuilder();
        for (Queueing.After target : after) {
            if (waitingFor.contains(target.id())) {
                text.append(text.length() == 0 ? "waits for " : ", ").append(target.id()).append(target.any() ? " to end" : " to be completed");
            }
        }
        String slot = queue == null ? "" : queue + " (" + slots + (slots == 1 ? " slot)" : " slots)");
        if (text.length() > 0) {
            return text + (queue == null ? "" : ", then for a slot of queue " + slot);
        }
        return queue == null ? "is about to start" : place == 0 ? "is about to start in queue " + slot : "place " + place + " in queue " + slot;
    }
}
