package bgjob.json;

import bgjob.core.JobResult;
import com.google.gson.JsonElement;

/** How a job ended, as JSON (docs/json.md). */
public final class ResultJson {
    private ResultJson() {
    }

    /**
     * @param from of a batch, the number of the first item to list
     * @param failed of a batch, whether to list only items that were not completed
     * @return one JSON document
     */
    public static Json.Content of(JobResult result, int from, boolean failed) {
        JobResult.Result left = result.left();
        JobResult.Stop stop = result.stop();
        JsonElement embedded = left == null ? null : ResultContent.json(left);
        String text = left == null || embedded != null ? null : ResultContent.text(left);
        return json -> {
            json.beginObject().name("id").value(result.job().id().toString());
            json.name("ended").value(!result.job().active() && result.job().exit() != null);
            json.name("stop_by").value(stop == null ? null : stop.by()).name("stop_at").value(stop == null ? null : Json.time(stop.at()))
                    .name("stop_reason").value(stop == null ? null : stop.reason()).name("stop_signal").value(stop == null ? null : stop.signal());
            json.name("result");
            ResultContent.write(json, embedded);
            json.name("result_text").value(text);
            json.name("result_type").value(left == null ? null : embedded != null ? "json" : text != null ? "text" : "binary");
            json.name("result_bytes").value(left == null ? null : (Number) left.size());
            json.name("result_truncated").value(left != null && left.size() > left.bytes().length);
            json.name("result_file").value(left == null ? null : left.path());
            json.name("last_lines").beginArray();
            for (String line : result.lastLines()) {
                json.value(line);
            }
            json.endArray();
            ItemsJson.write(json, result.items(), from, failed);
            json.name("job");
            JobJson.job(json, result.job());
            json.endObject();
        };
    }
}
