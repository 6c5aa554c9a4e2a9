package bgjob.json;

import bgjob.core.StopReceipt;
import bgjob.job.Allocation;
import bgjob.job.GitInfo;
import bgjob.job.Job;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import bgjob.job.Progress;
import bgjob.job.Saved;
import bgjob.job.Survivor;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** Jobs and what happens to them, as JSON (docs/json.md). */
public final class JobJson {
    private JobJson() {
    }

    /** @return one job */
    public static Json.Content of(Job job) {
        return json -> job(json, job);
    }

    /** @return an array of jobs */
    public static Json.Content of(List<Job> jobs) {
        return json -> {
            json.beginArray();
            for (Job job : jobs) {
                job(json, job);
            }
            json.endArray();
        };
    }

    /** @return an array with what stopping did to each job */
    public static Json.Content stopped(List<StopReceipt> receipts) {
        return json -> {
            json.beginArray();
            for (StopReceipt receipt : receipts) {
                stopped(json, receipt);
            }
            json.endArray();
        };
    }

    /** @return what stopping did to one job */
    public static Json.Content stopped(StopReceipt receipt) {
        return json -> stopped(json, receipt);
    }

    /** @return the path of one of a job's files */
    public static Json.Content path(JobId id, String file, String path) {
        return json -> json.beginObject().name("id").value(id.toString()).name("file").value(file).name("path").value(path).endObject();
    }

    /** @return part of a log, with the byte to ask for next */
    public static Json.Content log(JobId id, long from, long next, String text) {
        return json -> json.beginObject().name("id").value(id.toString()).name("from").value(from).name("next").value(next)
                .name("text").value(text).endObject();
    }

    /** @return a job that was followed to its end */
    public static Json.Content ended(JobId id, Job job) {
        return json -> {
            json.beginObject().name("id").value(id.toString()).name("job");
            job(json, job);
            json.endObject();
        };
    }

    private static void stopped(JsonWriter json, StopReceipt receipt) throws IOException {
        json.beginObject();
        json.name("id").value(receipt.job().id().toString());
        json.name("signals").beginArray();
        for (String signal : receipt.signals()) {
            json.value(signal);
        }
        json.endArray();
        json.name("seconds").value(Json.seconds(receipt.millis()));
        json.name("survivors");
        survivors(json, receipt.survivors());
        json.name("job");
        job(json, receipt.job());
        json.endObject();
    }

    static void job(JsonWriter json, Job job) throws IOException {
        json.beginObject();
        fields(json, job);
        json.endObject();
    }

    /** All that a job's object has. */
    static void fields(JsonWriter json, Job job) throws IOException {
        json.name("id").value(job.id().toString());
        json.name("label").value(job.id().label());
        json.name("state").value(job.state() == null ? null : job.state().word());
        json.name("exit_code").value(job.exit() == null ? null : (Number) job.exit().code());
        json.name("signal").value(job.exit() == null ? null : job.exit().signal());
        json.name("reason").value(reason(job));
        json.name("pid").value(job.pid() < 0 ? null : (Number) job.pid());
        json.name("pgid").value(job.pgid() < 0 ? null : (Number) job.pgid());
        json.name("command").beginArray();
        for (String word : job.command()) {
            json.value(word);
        }
        json.endArray();
        json.name("cwd").value(job.cwd());
        json.name("user").value(job.user());
        json.name("host").value(job.host());
        json.name("backend").value(job.backend());
        QueueJson.standing(json, job.standing());
        json.name("attempt").value(job.attempt());
        json.name("parent").value(job.parent());
        json.name("created_at").value(Json.time(job.times().created()));
        json.name("started_at").value(Json.time(job.times().started()));
        json.name("updated_at").value(Json.time(job.times().updated()));
        json.name("finished_at").value(Json.time(job.times().finished()));
        json.name("duration_seconds").value(job.times().duration() == null ? null : (Number) Json.seconds(job.times().duration()));
        progress(json, job.progress());
        git(json, job.git());
        files(json, job.files());
        json.name("survivors");
        survivors(json, job.survivors());
        json.name("left_processes").value(job.leavings().processes());
        json.name("log_dropped_bytes").value(job.leavings().dropped());
        json.name("on_exit_status").value(job.leavings().hook());
        slurm(json, job.allocation());
        Saved saved = job.leavings().saved();
        json.name("snapshot_bytes").value(saved == null || saved.bytes() < 0 ? null : (Number) saved.bytes());
        json.name("at_commit").value(saved == null ? null : saved.commit());
        json.name("at_commit_note").value(saved == null ? null : saved.note());
    }

    private static void slurm(JsonWriter json, Allocation allocation) throws IOException {
        json.name("slurm");
        if (allocation == null) {
            json.nullValue();
            return;
        }
        json.beginObject().name("job_id").value(allocation.id()).name("array").value(allocation.array()).name("partition").value(allocation.partition())
                .name("node").value(allocation.node()).name("state").value(allocation.state()).name("silent").value(allocation.silent()).endObject();
    }

    private static String reason(Job job) {
        return job.stopNote() == null ? job.reason() : job.reason() == null ? job.stopNote() : job.reason() + "; " + job.stopNote();
    }

    private static void progress(JsonWriter json, Progress progress) throws IOException {
        json.name("progress");
        if (progress == null) {
            json.nullValue();
            return;
        }
        json.beginObject().name("current").value(progress.current()).name("total").value(progress.total())
                .name("percent").value(progress.percent()).name("phase").value(progress.phase()).name("item").value(progress.item());
        json.name("failed").beginArray();
        for (String name : progress.failed()) {
            json.value(name);
        }
        json.endArray();
        json.name("failed_count").value(progress.failedCount()).name("rate").value(progress.rate())
                .name("eta_seconds").value(progress.etaSeconds()).name("source").value(progress.source().word()).endObject();
    }

    private static void git(JsonWriter json, GitInfo git) throws IOException {
        json.name("git");
        if (git == null) {
            json.nullValue();
            return;
        }
        json.beginObject().name("sha").value(git.sha()).name("branch").value(git.branch()).name("dirty").value(git.dirty()).endObject();
    }

    private static void files(JsonWriter json, JobFiles files) throws IOException {
        json.name("files").beginObject().name("log").value(files.log()).name("meta").value(files.meta()).name("exit").value(files.exit())
                .name("pid").value(files.pid()).name("script").value(files.script()).endObject();
    }

    private static void survivors(JsonWriter json, List<Survivor> survivors) throws IOException {
        json.beginArray();
        for (Survivor survivor : survivors) {
            json.beginObject().name("pid").value(survivor.pid()).name("pgid").value(survivor.pgid())
                    .name("command").value(survivor.command()).endObject();
        }
        json.endArray();
    }
}
