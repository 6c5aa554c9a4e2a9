package bgjob.job;

/** The closed set of ways in which bgjob can fail to do what it was asked; each door maps them to its own numbers. */
public enum Kind {
    /** What was asked for is not there. */
    NOT_FOUND,
    /** It is there but could not be done. */
    FAILED,
    /** The request itself makes no sense. */
    USAGE,
    /** A limit of time ran out first. */
    TIME_OUT,
    /** The truth is out of reach from here, and no guess is made. */
    CANNOT_TELL
}
