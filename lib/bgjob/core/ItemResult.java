package bgjob.core;

import bgjob.job.BatchItem;
import java.util.List;

/**
 * How one item of a batch stands.
 *
 * @param item the item
 * @param state where it is
 * @param exit its exit status, or null while it has none
 * @param millis how long it took, or null
 * @param log the path of its output; the file is there once it was begun
 * @param result the path of what it left as its result, or null
 */
public record ItemResult(BatchItem item, State state, Integer exit, Long millis, String log, String result) {
    /** @return how many of the items are in that state */
    public static int count(List<ItemResult> items, State state) {
        int n = 0;
        for (ItemResult item : items) {
            n += item.state() == state ? 1 : 0;
        }
        return n;
    }

    /** Where an item is; the worker of a lost one was killed, so nobody knows how it ended. */
    public enum State {
        /** Ended with 0. */
        COMPLETED("completed"),
        /** Ended otherwise. */
        FAILED("failed"),
        /** Ended with 75, to go on later. */
        PAUSED("paused"),
        /** Was begun and has not ended. */
        RUNNING("running"),
        /** Will be begun. */
        WAITING("waiting"),
        /** Was begun, and its batch has ended without a word of it. */
        LOST("lost"),
        /** Was not begun before its batch ended. */
        NOT_RUN("not-run");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** @return the word that stands for it */
        public String word() {
            return word;
        }
    }
}
