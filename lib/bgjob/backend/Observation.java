package bgjob.backend;

import bgjob.job.Survivor;
import java.util.List;

/**
 * What a backend saw of a job at one moment.
 *
 * @param sight what was seen
 * @param why one sentence where that needs one, or null
 * @param age how long the leader has run in milliseconds, or -1
 * @param survivors processes left of a job whose leader is gone
 */
public record Observation(Sight sight, String why, long age, List<Survivor> survivors) {
    /** What can be seen of a leader. */
    public enum Sight {
        RUNNING,
        /** Held by a signal. */
        HELD,
        GONE,
        CANNOT_TELL
    }

    /** @return an observation with nothing beside the sight and its reason */
    public static Observation of(Sight sight, String why) {
        return new Observation(sight, why, -1, List.of());
    }
}
