package bgjob.cli;

import bgjob.core.Comparison;
import bgjob.log.LogDiff;

/** Two runs side by side, as JSON (docs/json.md). */
final class DiffJson {
    private final JsonOutput output;

    DiffJson(JsonOutput output) {
        this.output = output;
    }

    void print(Comparison both) {
        LogDiff log = both.log();
        output.print(json -> {
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
            JsonOutput.job(json, both.before());
            json.name("new");
            JsonOutput.job(json, both.after());
            json.endObject();
        });
    }
}
