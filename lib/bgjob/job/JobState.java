package bgjob.job;

/** Where a job is in its life. What bgjob cannot tell has no state: null stands for it, never a guess. */
public enum JobState {
    /** Waits: for a slot, for another job, or in its scheduler's queue. */
    QUEUED("queued"),
    /** Its leader lives. */
    RUNNING("running"),
    /** Held by a signal, or ended by itself with {@link ExitStatus#PAUSED} to go on later. */
    PAUSED("paused"),
    /** Ended with 0. */
    COMPLETED("completed"),
    /** Ended otherwise. */
    FAILED("failed"),
    /** Ended because somebody asked bgjob to stop it. */
    STOPPED("stopped"),
    /** Ended because its time was up. */
    TIMED_OUT("timed-out"),
    /** Gone without a recorded ending. */
    LOST("lost");

    private final String word;

    JobState(String word) {
        this.word = word;
    }

    /** @return the state's name as people, JSON and filters spell it */
    public String word() {
        return word;
    }

    /** @return the state so spelled, or null */
    public static JobState of(String word) {
        for (JobState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        return null;
    }
}
