package bgjob.job;

import java.util.ArrayList;
import java.util.List;

/**
 * What a job waits for before it starts.
 *
 * @param queue the queue whose slots it shares with others, or null
 * @param slots how many jobs of that queue may run at the same time from now on; 0 to leave that as it is
 * @param priority a higher one comes first in the queue; {@link #LEAST} to {@link #MOST}
 * @param after the jobs that have to end first, one after another
 */
public record Queueing(String queue, int slots, int priority, List<After> after) {
    /** Nothing to wait for. */
    public static final Queueing NONE = new Queueing(null, 0, 0, List.of());
    /** The lowest priority. */
    public static final int LEAST = -1000;
    /** The highest priority. */
    public static final int MOST = 1000;
    /** So many slots a queue can have. */
    public static final int MOST_SLOTS = 1000;

    private static final String ANY = ":any";
    private static final String OK = ":ok";

    /** Takes copies: it never changes. */
    public Queueing {
        after = List.copyOf(after);
    }

    /**
     * A job that has to end first.
     *
     * @param name a label or id as the user gave it; a label names its newest job at each submission
     * @param id the job it named, or null when that was not yet asked
     * @param any whether any ending will do; else it has to be completed
     */
    public record After(String name, JobId id, boolean any) {
        /** @return what {@code NAME}, {@code NAME:ok} or {@code NAME:any} says */
        public static After of(String text) {
            boolean any = text.endsWith(ANY);
            int end = any ? text.length() - ANY.length() : text.endsWith(OK) ? text.length() - OK.length() : text.length();
            return new After(text.substring(0, end), null, any);
        }

        /** @return the same as {@link #of} reads it, by its name */
        public String written() {
            return name + (any ? ANY : OK);
        }

        /** @return the same by its id, which must be known */
        public String resolved() {
            return id + (any ? ANY : OK);
        }

        /** @return the job as the meta of one that waits for it has it, or null when that is none */
        public static After recorded(String text) {
            After after = of(text);
            JobId id = JobId.parse(after.name());
            return id == null ? null : new After(after.name(), id, after.any());
        }
    }

    /** @return why that is no name of a queue, as the end of a sentence about it, or null when it is one */
    public static String whyNotQueue(String name) {
        return name.startsWith(".") ? "begins with '.'" : JobId.whyNotLabel(name);
    }

    /** @return the steps of waiting, in order, as the job script takes them; targets must be resolved */
    public List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (After target : after) {
            steps.add("after:" + target.resolved());
        }
        if (queue != null) {
            steps.add("queue:" + (50_000 - priority)); // five digits, so that a shell's sorting is by priority
        }
        return steps;
    }
}
