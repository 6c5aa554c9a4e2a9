package bgjob.job;

import java.util.List;

/**
 * What makes a job a batch: its command runs once for each item.
 *
 * @param slots how many items run at the same time, at least 1
 * @param items the items, at least one; numbers ascend
 */
public record Batch(int slots, List<BatchItem> items) {
    /** Stands for the item in a word of the command. */
    public static final String ITEM = "{}";
    /** Stands for the item's number. */
    public static final String NUMBER = "{#}";
    /** More of them would not run faster anywhere. */
    public static final int MOST_SLOTS = 1000;

    /** Takes copies: a batch never changes. */
    public Batch {
        items = List.copyOf(items);
    }

    /** @return whether a word of the command says where the item goes */
    public static boolean placed(List<String> command) {
        for (String word : command) {
            if (word.contains(ITEM) || word.contains(NUMBER)) {
                return true;
            }
        }
        return false;
    }
}
