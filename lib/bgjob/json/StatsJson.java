package bgjob.json;

import bgjob.core.RunStats;
import bgjob.core.RunStats.Run;
import bgjob.core.Statistics;
import bgjob.job.JobState;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Statistics as JSON (docs/json.md). */
public final class StatsJson {
    private StatsJson() {
    }

    /** @return one JSON document */
    public static Json.Content of(Statistics statistics, String label, boolean byCommit) {
        return json -> {
            json.beginObject().name("label").value(label).name("total");
            group(json, statistics.total(), label, null);
            json.name("groups").beginArray();
            for (RunStats group : statistics.groups()) {
                String commit = byCommit && !group.name().equals(Statistics.NO_COMMIT) ? group.name() : null;
                group(json, group, byCommit ? label : group.name(), commit);
            }
            json.endArray().endObject();
        };
    }

    private static void group(JsonWriter json, RunStats one, String label, String commit) throws IOException {
        json.beginObject().name("label").value(label).name("commit").value(commit).name("runs").value(one.runs());
        for (JobState state : JobState.values()) {
            json.name(state.word().replace('-', '_')).value(one.count(state));
        }
        json.name("unknown").value(one.unknown());
        json.name("success_rate").value(one.judged() == 0 ? null : (Number) (one.count(JobState.COMPLETED) / (double) one.judged()));
        json.name("duration_seconds");
        if (one.timed() == 0) {
            json.nullValue();
        } else {
            json.beginObject().name("median").value(Json.seconds(one.percentile(50))).name("p95").value(Json.seconds(one.percentile(95)))
                    .name("min").value(Json.seconds(one.shortest())).name("max").value(Json.seconds(one.percentile(100))).endObject();
        }
        json.name("trend").beginArray();
        for (long duration : one.trend()) {
            json.value(Json.seconds(duration));
        }
        json.endArray().name("slowest").beginArray();
        for (Run run : one.slowest()) {
            run(json, run);
        }
        json.endArray().name("last_failure");
        run(json, one.lastFailure());
        json.name("first_failure");
        run(json, one.firstBad());
        json.name("last_success");
        run(json, one.lastGood());
        json.endObject();
    }

    private static void run(JsonWriter json, Run run) throws IOException {
        if (run == null) {
            json.nullValue();
            return;
        }
        json.beginObject().name("id").value(run.id().toString()).name("exit_code").value(run.exit())
                .name("duration_seconds").value(run.duration() == null ? null : (Number) Json.seconds(run.duration()))
                .name("finished_at").value(Json.time(run.finished())).name("sha").value(run.sha()).name("dirty").value(run.dirty()).endObject();
    }
}
