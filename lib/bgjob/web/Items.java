package bgjob.web;

import bgjob.core.ItemResult;
import bgjob.core.ItemResult.State;
import bgjob.job.Durations;
import io.javalin.http.Context;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The items of a batch as the page of a job shows them, a part at a time. */
final class Items {
    private static final int ROWS = 100;

    private Items() {
    }

    /**
     * @param items all of them; empty when the job is no batch
     * @param ctx says from which one on, and whether only those that were not completed
     */
    static void put(Map<String, Object> facts, List<ItemResult> items, Context ctx) {
        boolean failed = Asked.flag(ctx, "failed");
        int from = (int) Asked.number(ctx, "from", 0, Integer.MAX_VALUE);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (State state : State.values()) {
            int n = ItemResult.count(items, state);
            if (n > 0) {
                counts.put(state.word(), n);
            }
        }
        List<ItemResult> listed = items.stream().filter(item -> !failed || item.state() != State.COMPLETED).toList();
        int first = Math.min(from, listed.size());
        int last = Math.min(listed.size(), first + ROWS);
        List<Map<String, Object>> rows = new ArrayList<>();
        listed.subList(first, last).forEach(item -> rows.add(row(item)));
        facts.put("counts", counts);
        facts.put("itemCount", items.size());
        facts.put("items", rows);
        facts.put("itemsFailed", failed);
        facts.put("itemsFrom", first);
        facts.put("itemsShown", rows.isEmpty() ? "none" : first + 1 + "–" + last + " of " + listed.size());
        facts.put("itemsBefore", first == 0 ? "" : "" + Math.max(0, first - ROWS));
        facts.put("itemsAfter", last == listed.size() ? "" : "" + last);
        facts.put("item", (int) Asked.number(ctx, "item", 0, Integer.MAX_VALUE));
    }

    private static Map<String, Object> row(ItemResult item) {
        return Map.of("number", item.item().number(), "name", item.item().shown(), "state", item.state().word(),
                "exit", item.exit() == null ? "" : item.exit().toString(), "took", item.millis() == null ? "" : Durations.format(item.millis()),
                "begun", item.state() != State.WAITING && item.state() != State.NOT_RUN,
                "result", item.result() == null || !new File(item.result()).isFile() ? "" : item.result());
    }

    /** @return whether the batch has ended and some of its items were not completed */
    static boolean left(List<ItemResult> items, boolean active) {
        return !active && !items.isEmpty() && ItemResult.count(items, State.COMPLETED) < items.size();
    }
}
