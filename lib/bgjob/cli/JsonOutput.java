package bgjob.cli;

import bgjob.core.StopReceipt;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.json.JobJson;
import bgjob.json.Json;
import java.util.List;

/** One JSON document on standard output (docs/json.md). */
final class JsonOutput implements Output {
    private final Terminal terminal;

    JsonOutput(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Json.Content content) {
        terminal.println(Json.text(content));
    }

    /** Prints a document on one line. */
    void line(Json.Content content) {
        terminal.println(Json.line(content));
    }

    @Override
    public void status(Job job) {
        print(JobJson.of(job));
    }

    @Override
    public void list(List<Job> jobs) {
        print(JobJson.of(jobs));
    }

    @Override
    public void ended(List<Job> jobs) {
        list(jobs);
    }

    @Override
    public void stopped(List<StopReceipt> receipts) {
        print(JobJson.stopped(receipts));
    }

    @Override
    public void path(JobId id, String file, String path) {
        print(JobJson.path(id, file, path));
    }
}
