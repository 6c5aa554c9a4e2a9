package bgjob.job;

/** A failure that a user can understand: one sentence that says what, for which label or path, why, and what to do next. */
public final class BgjobException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /**
     * @param kind what sort of failure it is, never null
     * @param message the sentence, without a final newline, never null
     */
    public BgjobException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** @return what sort of failure it is */
    public Kind kind() {
        return kind;
    }

    /** @return a failure of kind {@link Kind#FAILED} */
    public static BgjobException failed(String message) {
        return new BgjobException(Kind.FAILED, message);
    }

    /** @return a failure of kind {@link Kind#USAGE} */
    public static BgjobException usage(String message) {
        return new BgjobException(Kind.USAGE, message);
    }

    /** @return a failure of kind {@link Kind#NOT_FOUND} */
    public static BgjobException notFound(String message) {
        return new BgjobException(Kind.NOT_FOUND, message);
    }

    /** @return a failure of kind {@link Kind#CANNOT_TELL} */
    public static BgjobException cannotTell(String message) {
        return new BgjobException(Kind.CANNOT_TELL, message);
    }
}
