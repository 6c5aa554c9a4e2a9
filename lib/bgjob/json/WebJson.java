package bgjob.json;

import bgjob.core.StopReceipt;
import bgjob.job.Job;
import bgjob.job.JobId;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** What only the dashboard's API says, as JSON (docs/dashboard.md). */
public final class WebJson {
    private WebJson() {
    }

    /**
     * A line of a log.
     *
     * @param from its first byte
     */
    public record Match(long from, String text) {
    }

    /**
     * A job and where it is recorded.
     *
     * @param repo its directory's key, or null where there is but one
     */
    public record Kept(String repo, Job job) {
    }

    /** @return one job, with its directory where there are several */
    public static Json.Content job(String repo, Job job) {
        return json -> {
            json.beginObject();
            repo(json, repo);
            JobJson.fields(json, job);
            json.endObject();
        };
    }

    private static void repo(JsonWriter json, String repo) throws IOException {
        if (repo != null) {
            json.name("repo").value(repo);
        }
    }

    /** @return an array of jobs */
    public static Json.Content jobs(List<Kept> jobs) {
        return json -> {
            json.beginArray();
            for (Kept kept : jobs) {
                job(kept.repo(), kept.job()).write(json);
            }
            json.endArray();
        };
    }

    /** @return a job that was followed to its end */
    public static Json.Content ended(String repo, Job job) {
        return json -> {
            json.beginObject().name("id").value(job.id().toString()).name("job");
            job(repo, job).write(json);
            json.endObject();
        };
    }

    /** @return part of a log, and how long all of it is */
    public static Json.Content log(JobId id, long from, long next, String text, long size) {
        return json -> json.beginObject().name("id").value(id.toString()).name("from").value(from).name("next").value(next)
                .name("text").value(text).name("size").value(size).endObject();
    }

    /** @param next the byte to go on from, or -1 when there is no more */
    public static Json.Content matches(JobId id, List<Match> matches, long next) {
        return json -> {
            json.beginObject().name("id").value(id.toString()).name("matches").beginArray();
            for (Match match : matches) {
                json.beginObject().name("from").value(match.from()).name("text").value(match.text()).endObject();
            }
            json.endArray().name("next").value(next < 0 ? null : (Number) next).endObject();
        };
    }

    /** @return that a job was stopped, or what is left of it, with what stop says */
    public static Json.Content cancelled(StopReceipt receipt) {
        boolean done = receipt.survivors().isEmpty() && !receipt.job().active();
        return json -> {
            json.beginObject().name("success").value(done).name("message").value("job " + receipt.job().id()
                    + (done ? " was stopped" : " still has processes: " + receipt.survivors().size())).name("receipt");
            JobJson.stopped(receipt).write(json);
            json.endObject();
        };
    }

    /** @return when the jobs ran */
    public static Json.Content timeline(List<Kept> jobs) {
        return json -> {
            json.beginArray();
            for (Kept kept : jobs) {
                Job job = kept.job();
                json.beginObject();
                repo(json, kept.repo());
                json.name("id").value(job.id().toString()).name("label").value(job.id().label())
                        .name("state").value(job.state() == null ? null : job.state().word()).name("started_at").value(Json.time(job.times().started()))
                        .name("finished_at").value(Json.time(job.times().finished()))
                        .name("duration_seconds").value(job.times().duration() == null ? null : (Number) Json.seconds(job.times().duration()))
                        .endObject();
            }
            json.endArray();
        };
    }

    /** @return why a request was not served */
    public static Json.Content problem(int status, String error, String detail) {
        return json -> json.beginObject().name("status").value(status).name("error").value(error).name("detail").value(detail).endObject();
    }
}
