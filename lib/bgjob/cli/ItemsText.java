package bgjob.cli;

import bgjob.core.ItemResult;
import bgjob.core.ItemResult.State;
import bgjob.job.Durations;
import java.util.List;

/** The items of a batch for people: how many are in each state, then those that were not completed. */
final class ItemsText {
    private static final int MOST = 20;

    private ItemsText() {
    }

    static String text(List<ItemResult> items, String id) {
        StringBuilder text = new StringBuilder("Items: ").append(items.size());
        for (State state : State.values()) {
            int n = ItemResult.count(items, state);
            text.append(n == 0 ? "" : ", " + n + " " + state.word());
        }
        text.append('\n');
        int shown = 0;
        int odd = items.size() - ItemResult.count(items, State.COMPLETED);
        for (ItemResult item : items) {
            if (item.state() != State.COMPLETED && shown < MOST) {
                shown++;
                text.append("  ").append(item.item().number()).append(' ').append(item.state().word())
                        .append(item.exit() == null ? "" : " (exit " + item.exit() + ") after " + Durations.format(item.millis()))
                        .append(": ").append(item.item().shown()).append('\n');
            }
        }
        return text.append(odd > shown ? "  … and " + (odd - shown) + " more: bgjob result " + id + " --json\n" : "").toString();
    }
}
