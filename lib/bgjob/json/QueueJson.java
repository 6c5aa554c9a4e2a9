package bgjob.json;

import bgjob.core.QueueState;
import bgjob.job.JobId;
import bgjob.job.Queueing;
import bgjob.job.Standing;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** Queues, and how a job stands in one, as JSON (docs/json.md). */
public final class QueueJson {
    private QueueJson() {
    }

    /** @return an array of all of them */
    public static Json.Content of(List<QueueState> queues) {
        return json -> {
            json.beginArray();
            for (QueueState queue : queues) {
                json.beginObject().name("name").value(queue.name()).name("slots").value(queue.slots()).name("running");
                ids(json, queue.running());
                json.name("waiting");
                ids(json, queue.waiting());
                json.endObject();
            }
            json.endArray();
        };
    }

    static void standing(JsonWriter json, Standing standing) throws IOException {
        json.name("queue");
        if (standing == null) {
            json.nullValue();
            return;
        }
        json.beginObject().name("name").value(standing.queue()).name("slots").value(standing.queue() == null ? null : (Number) standing.slots())
                .name("priority").value(standing.queue() == null ? null : (Number) standing.priority())
                .name("place").value(standing.place() == 0 ? null : (Number) standing.place()).name("after").beginArray();
        for (Queueing.After after : standing.after()) {
            json.beginObject().name("id").value(after.id().toString()).name("condition").value(after.any() ? "any" : "ok").endObject();
        }
        json.endArray().name("waiting_for");
        ids(json, standing.waitingFor());
        json.endObject();
    }

    private static void ids(JsonWriter json, List<JobId> ids) throws IOException {
        json.beginArray();
        for (JobId id : ids) {
            json.value(id.toString());
        }
        json.endArray();
    }
}
