package bgjob.json;

import bgjob.core.PruneReceipt;

/** What removing records did, as JSON (docs/json.md). */
public final class PruneJson {
    private PruneJson() {
    }

    /** @return one JSON document */
    public static Json.Content of(PruneReceipt receipt, boolean dryRun) {
        return json -> {
            json.beginObject().name("dry_run").value(dryRun).name("bytes").value(receipt.bytes()).name("removed").beginArray();
            for (PruneReceipt.Removed job : receipt.removed()) {
                json.beginObject().name("id").value(job.id().toString()).name("label").value(job.id().label()).name("state").value(job.state().word())
                        .name("finished_at").value(Json.time(job.finished())).name("bytes").value(job.bytes()).endObject();
            }
            json.endArray().name("orphans").beginArray();
            for (String name : receipt.leftovers()) {
                json.value(name);
            }
            json.endArray().name("kept").beginObject().name("active").value(receipt.active()).name("paused").value(receipt.paused())
                    .name("unknown").value(receipt.unknown()).endObject();
            json.name("failures").beginArray();
            for (String failure : receipt.failures()) {
                json.value(failure);
            }
            json.endArray().endObject();
        };
    }
}
