package bgjob.cli;

import bgjob.core.QueueWords;
import bgjob.job.BgjobException;
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
        return new QueueWords(queue, slots, priority, after).read();
    }
}
