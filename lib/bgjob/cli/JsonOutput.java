package bgjob.cli;

import bgjob.core.StopReceipt;
import bgjob.job.Allocation;
import bgjob.job.GitInfo;
import bgjob.job.Job;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import bgjob.job.Progress;
import bgjob.job.Queueing;
import bgjob.job.Rfc3339;
import bgjob.job.Standing;
import bgjob.job.Survivor;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** One JSON document on standard output (docs/json.md): names and meanings are stable, absent facts are null. */
final class JsonOutput implements Output {
    private final Terminal terminal;

    JsonOutput(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Writes one document. */
    interface Content {
        void write(JsonWriter json) throws IOException;
    }

    void print(Content content) {
        print("  ", content);
    }

    private void print(String indent, Content content) {
        StringWriter text = new StringWriter();
        try {
            JsonWriter json = new JsonWriter(text);
            json.setIndent(indent);
            json.setHtmlSafe(false);
            content.write(json);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        terminal.println(text.toString());
    }

    @Override
    public void status(Job job) {
        print(json -> job(json, job));
    }

    @Override
    public void list(List<Job> jobs) {
        print(json -> {
            json.beginArray();
            for (Job job : jobs) {
                job(json, job);
            }
            json.endArray();
        });
    }

    @Override
    public void ended(List<Job> jobs) {
        list(jobs);
    }

    @Override
    public void stopped(List<StopReceipt> receipts) {
        print(json -> {
            json.beginArray();
            for (StopReceipt receipt : receipts) {
                json.beginObject();
                json.name("id").value(receipt.job().id().toString());
                json.name("signals").beginArray();
                for (String signal : receipt.signals()) {
                    json.value(signal);
                }
                json.endArray();
                json.name("seconds").value(seconds(receipt.millis()));
                json.name("survivors");
                survivors(json, receipt.survivors());
                json.name("job");
                job(json, receipt.job());
                json.endObject();
            }
            json.endArray();
        });
    }

    @Override
    public void path(JobId id, String file, String path) {
        print(json -> json.beginObject().name("id").value(id.toString()).name("file").value(file).name("path").value(path).endObject());
    }

    /** Part of a log, with the byte to ask for next. */
    void log(JobId id, long from, long next, String text) {
        print(json -> json.beginObject().name("id").value(id.toString()).name("from").value(from).name("next").value(next)
                .name("text").value(text).endObject());
    }

    /** Output of a job as it came, on one line. */
    void chunk(JobId id, long from, long next, String text) {
        print("", json -> json.beginObject().name("id").value(id.toString()).name("from").value(from).name("next").value(next)
                .name("text").value(text).endObject());
    }

    /** A job that was followed to its end, on one line. */
    void ended(JobId id, Job job) {
        print("", json -> {
            json.beginObject().name("id").value(id.toString()).name("job");
            job(json, job);
            json.endObject();
        });
    }

    static void job(JsonWriter json, Job job) throws IOException {
        json.beginObject();
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
        queue(json, job.standing());
        json.name("attempt").value(job.attempt());
        json.name("parent").value(job.parent());
        json.name("created_at").value(time(job.times().created()));
        json.name("started_at").value(time(job.times().started()));
        json.name("updated_at").value(time(job.times().updated()));
        json.name("finished_at").value(time(job.times().finished()));
        json.name("duration_seconds").value(job.times().duration() == null ? null : (Number) seconds(job.times().duration()));
        progress(json, job.progress());
        git(json, job.git());
        files(json, job.files());
        json.name("survivors");
        survivors(json, job.survivors());
        slurm(json, job.allocation());
        json.endObject();
    }

    private static void slurm(JsonWriter json, Allocation allocation) throws IOException {
        json.name("slurm");
        if (allocation == null) {
            json.nullValue();
            return;
        }
        json.beginObject().name("job_id").value(allocation.id()).name("partition").value(allocation.partition()).name("node").value(allocation.node())
                .name("state").value(allocation.state()).name("silent").value(allocation.silent()).endObject();
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

    private static void queue(JsonWriter json, Standing standing) throws IOException {
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

    static void ids(JsonWriter json, List<JobId> ids) throws IOException {
        json.beginArray();
        for (JobId id : ids) {
            json.value(id.toString());
        }
        json.endArray();
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

    static String time(Long millis) {
        return millis == null ? null : Rfc3339.utc(millis);
    }

    static double seconds(long millis) {
        return millis / 1000.0;
    }
}
