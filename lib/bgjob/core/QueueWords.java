package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.Queueing;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job waits for as a user wrote it, for both doors; what was not given is null, or an empty list.
 *
 * @param queue the queue's name
 * @param slots a number
 * @param priority a number
 * @param after labels or ids, with :any behind them or not
 */
public record QueueWords(String queue, String slots, String priority, List<String> after) {

    /**
     * @return the same, understood
     * @throws BgjobException of kind USAGE, naming the option, its value and the accepted form
     */
    public Queueing read() {
        if (queue == null && slots == null && priority == null && after.isEmpty()) {
            return Queueing.NONE;
        }
        if (queue == null && (slots != null || priority != null)) {
            throw BgjobException.usage("--slots and --priority belong to --queue NAME");
        }
        if (queue != null) {
            requireName(queue);
        }
        List<Queueing.After> targets = new ArrayList<>();
        for (String text : after) {
            Queueing.After target = Queueing.After.of(text);
            String why = JobId.whyNotLabel(target.name());
            if (why != null) {
                throw BgjobException.usage("--after '" + text + "': a label or job id is needed, with :ok or :any behind it or nothing");
            }
            targets.add(target);
        }
        return new Queueing(queue, slots == null ? 0 : slots(slots), priority == null ? 0 : number("--priority", priority, Queueing.LEAST,
                Queueing.MOST), targets);
    }

    /** @return how many slots a queue is to have */
    public static int slots(String text) {
        return number("--slots", text, 1, Queueing.MOST_SLOTS);
    }

    /** @throws BgjobException of kind USAGE when it is no name of a queue */
    public static void requireName(String name) {
        String why = Queueing.whyNotQueue(name);
        if (why != null) {
            throw BgjobException.usage("queue '" + name + "' " + why + "; use letters, digits, '.', '_' and '-'");
        }
    }

    private static int number(String option, String text, int least, int most) {
        try {
            int n = Integer.parseInt(text);
            if (n >= least && n <= most) {
                return n;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BgjobException.usage(option + " '" + text + "': a number from " + least + " to " + most + " is needed");
    }
}
