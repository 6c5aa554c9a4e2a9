package bgjob.cli;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.Queueing;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what a job waits for. */
final class QueueOptions {
    @Option(names = "--queue", paramLabel = "NAME", description = "Wait for a free slot of this queue: of all its jobs only so many run at the same"
            + " time as it has slots.")
    String queue;

    @Option(names = "--priority", paramLabel = "N", description = "With --queue: a higher number goes first, -1000 to 1000, otherwise 0; jobs of the"
            + " same priority start in the order submitted.")
    String priority;

    @Option(names = "--after", paramLabel = "JOB[:any]", description = "Start only when that job, a label's newest or an id, has been completed; if it"
            + " ends otherwise, this one never runs. With :any, start however it ends. May be repeated.")
    List<String> after = new ArrayList<>();

    /**
     * @param slots how many slots the queue is to have, as the user wrote it, or null
     * @throws BgjobException of kind USAGE, naming the option, its value and the accepted form
     */
    Queueing read(String slots) {
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

    static int slots(String text) {
        return number("--slots", text, 1, Queueing.MOST_SLOTS);
    }

    static void requireName(String name) {
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
