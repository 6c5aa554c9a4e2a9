package bgjob.json;

import bgjob.core.Comparison;
import bgjob.log.LogDiff;

/** Two runs side by side, as JSON (docs/json.md). */
public final class DiffJson {
    private DiffJson() {
    }

    /** @return one JSON document */
    public static Json.Content of(Comparison both) {
        LogDiff log = both.log();
        return json -> {
            json.beginObject().name("same_log").value(log.hunks().isEmpty()).name("removed").value(log.removed()).name("added").value(log.added())
                    .name("truncated").value(log.cut()).name("hunks").beginArray();
            for (LogDiff.Hunk hunk : log.hunks()) {
                json.beginObject().name("old_start").value(hunk.oldStart()).name("old_count").value(hunk.oldCount())
                        .name("new_start").value(hunk.newStart()).name("new_count").value(hunk.newCount()).name("lines").beginArray();
                for (String line : hunk.lines()) {
                    json.value(line);
                }
                json.endArray().endObject();
            }
            json.endArray().name("old");
            JobJson.job(json, both.before());
            json.name("new");
            JobJson.job(json, both.after());
            json.endObject();
        };
    }
}
