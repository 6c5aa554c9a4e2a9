package bgjob.job;

/**
 * What a job's record tells beside how it ended.
 *
 * @param processes how many processes its command left running when it ended
 * @param dropped how many bytes of its log were dropped, since it was longer than it may be
 * @param uncapped why its log could not be kept as short as it was to be, or null
 * @param hook exit status of what {@code --on-exit} has run, or null when none is recorded
 * @param saved on which files it ran, or null when only the commit is known
 */
public record Leavings(int processes, long dropped, String uncapped, Integer hook, Saved saved) {
    /** Nothing. */
    public static final Leavings NONE = new Leavings(0, 0, null, null, null);

    /** @return what the facts tell; only the last {@code left} counts */
    public static Leavings of(Facts facts) {
        String left = facts.last("left");
        String dropped = facts.last("log_dropped");
        String uncapped = facts.last("max_log_failed");
        String hook = facts.last("on_exit_status");
        Saved saved = Saved.of(facts);
        if (left == null && dropped == null && uncapped == null && hook == null && saved == null) {
            return NONE;
        }
        int dash = dropped == null ? -1 : dropped.indexOf('-');
        long bytes = dash < 0 ? 0 : Facts.parse(dropped.substring(dash + 1)) - Facts.parse(dropped.substring(0, dash));
        return new Leavings(left == null ? 0 : (int) Math.max(0, Facts.parse(left)), Math.max(0, bytes), uncapped,
                hook == null || Facts.parse(hook) < 0 ? null : (Integer) (int) Facts.parse(hook), saved);
    }
}
