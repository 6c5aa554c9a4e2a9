package bgjob.json;

import bgjob.core.ItemResult;
import bgjob.core.ItemResult.State;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** The items of a batch as JSON (docs/json.md), a page at a time. */
final class ItemsJson {
    /** More than that on one page would be no help to anybody. */
    private static final int PAGE = 1000;

    private ItemsJson() {
    }

    /**
     * @param items all of them; empty when the job is no batch
     * @param from the number of the first one to list
     * @param failed whether to list only those that were not completed
     */
    static void write(JsonWriter json, List<ItemResult> items, int from, boolean failed) throws IOException {
        if (items.isEmpty()) {
            json.name("batch").nullValue().name("items").nullValue();
            return;
        }
        Integer next = null;
        int listed = 0;
        json.name("items").beginArray();
        for (ItemResult item : items) {
            if (item.item().number() < from || failed && item.state() == State.COMPLETED) {
                continue;
            }
            if (listed++ == PAGE) {
                next = item.item().number();
                break;
            }
            item(json, item);
        }
        json.endArray();
        json.name("batch").beginObject().name("items").value(items.size());
        for (State state : State.values()) {
            json.name(state.word().replace('-', '_')).value(ItemResult.count(items, state));
        }
        json.name("next").value(next).endObject();
    }

    private static void item(JsonWriter json, ItemResult item) throws IOException {
        json.beginObject().name("index").value(item.item().number()).name("item").value(item.item().shown())
                .name("state").value(item.state().word()).name("exit_code").value(item.exit())
                .name("duration_seconds").value(item.millis() == null ? null : (Number) Json.seconds(item.millis()))
                .name("log").value(item.log()).name("result_file").value(item.result()).endObject();
    }
}
