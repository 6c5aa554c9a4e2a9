package bgjob.job;

/**
 * What a job's record tells beside how it ended.
 *
 * @param processes how many processes its command left running when it ended
 * @param dropped how many bytes of its log were dropped, since it was longer than it may be
 */
public record Leavings(int processes, long dropped) {
    /** Nothing. */
    public static final Leavings NONE = new Leavings(0, 0);

    /** @return what the facts tell; only the last {@code left} counts */
    public static Leavings of(Facts facts) {
        String left = facts.last("left");
        return left == null ? NONE : new Leavings((int) Math.max(0, Facts.parse(left)), 0);
    }
}
