package bgjob.job;

/** Where a job is in its life. What bgjob cannot tell has no state: null stands for it, never a guess. */
public enum JobState {
    QUEUED("queued"),
    RUNNING("running"),
    /** Held by a signal, or ended by itself with {@link ExitStatus#PAUSED} to go on later. */
    PAUSED("paused"),
    COMPLETED("completed"),
    FAILED("failed"),
    /** Ended because somebody asked bgjob to stop it. */
    STOPPED("stopped"),
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
