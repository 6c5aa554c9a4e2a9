package bgjob.backend;

import bgjob.job.Facts;
import bgjob.job.Survivor;
import java.util.List;

/**
 * What a backend saw of a job at one moment.
 *
 * @param sight what was seen
 * @param why one sentence where that needs one, or null
 * @param age how long the leader has run in milliseconds, or -1
 * @param survivors processes left of a job whose leader is gone
 * @param told what a scheduler said, or null where none was asked
 */
public record Observation(Sight sight, String why, long age, List<Survivor> survivors, Told told) {
    /** What can be seen of a leader. */
    public enum Sight {
        /** It has not begun: it waits for its turn. */
        QUEUED,
        RUNNING,
        /** Held by a signal. */
        HELD,
        GONE,
        /** The scheduler knows how it ended, and its leader has recorded nothing. */
        ENDED,
        /** Whoever knows does not answer now; asked again, it may. */
        SILENT,
        CANNOT_TELL
    }

    /**
     * What a scheduler said of a job.
     *
     * @param state its own word for the state, or null when it did not answer
     * @param node the node it named, or null
     * @param learned facts that the record lacks and that are to be added to it; may be empty
     * @param code the exit status that goes with {@link Sight#ENDED}
     */
    public record Told(String state, String node, Facts learned, int code) {
    }

    /** What is seen of a process of this machine. */
    public Observation(Sight sight, String why, long age, List<Survivor> survivors) {
        this(sight, why, age, survivors, null);
    }

    /** @return an observation with nothing beside the sight and its reason */
    public static Observation of(Sight sight, String why) {
        return new Observation(sight, why, -1, List.of());
    }
}
