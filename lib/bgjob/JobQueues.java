package bgjob;

import bgjob.core.QueueState;
import bgjob.core.QueueWords;
import bgjob.core.Queues;
import bgjob.job.BgjobException;
import java.util.List;

/** The queues of a directory, which jobs wait in by {@link bgjob.job.JobSpecBuilder#queue}. Like {@link Bgjob}, for any number of threads. */
public final class JobQueues {
    private final Composition composition;
    private final String directory;

    JobQueues(Composition composition, String directory) {
        this.composition = composition;
        this.directory = directory;
    }

    private Queues queues() {
        return composition.open(directory).queues();
    }

    /** @return all queues as they are now, by name */
    public List<QueueState> all() {
        return List.copyOf(queues().all());
    }

    /**
     * @param name a queue
     * @return it as it is now
     * @throws BgjobException of kind NOT_FOUND, with near names
     */
    public QueueState find(String name) {
        QueueWords.requireName(name);
        return queues().one(name);
    }

    /**
     * Has so many jobs of a queue run at the same time from now on, and makes the queue if there is none; what runs already runs on.
     *
     * @param name the queue
     * @param slots how many, 1 to 1000
     */
    public void slots(String name, int slots) {
        QueueWords.requireName(name);
        queues().slots(name, QueueWords.slots(Integer.toString(slots)));
    }
}
