package bgjob.job;

/**
 * How a command ended.
 *
 * @param code 0–255 as a shell sees it; 128+n when signal n ended the command
 * @param signal the signal's name without SIG, or null. A shell cannot tell a command that exits with 143 from one that TERM
 *     ended, so it is named for both
 */
public record ExitStatus(int code, String signal) {
    /** "Paused, try later": {@code EX_TEMPFAIL} of sysexits.h. */
    public static final int PAUSED = 75;

    /** 128+9, as a shell reports a command that KILL ended. */
    public static final int KILLED = 137;
}
