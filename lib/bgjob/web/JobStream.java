package bgjob.web;

import bgjob.job.Job;
import bgjob.job.Progress;
import bgjob.json.JobJson;
import bgjob.json.Json;
import bgjob.json.WebJson;
import io.javalin.http.sse.SseClient;
import java.util.Objects;

/**
 * The events of one job: its state, its progress, and its log from a byte on. The id of an event is the byte to go on from, which
 * a browser that comes back sends of its own accord; so nothing is lost or doubled, over a restart of the server too.
 */
final class JobStream extends Outlet {
    private static final int CHUNK = 1 << 16;

    private final Repos.Found job;
    private long cursor;
    private volatile long size = -1;
    private volatile Job seen;
    private Job told;

    JobStream(SseClient client, Repos.Found job, long from) {
        super(client);
        this.job = job;
        this.cursor = from;
        this.seen = job.job();
        this.size = job.jobs().log(job.id()).size();
    }

    Repos.Found job() {
        return job;
    }

    /** @return whether there is something to tell */
    boolean news(long length, Job now) {
        boolean grown = length != size;
        size = length;
        Job before = seen;
        seen = now == null ? before : now;
        return grown || changed(before, seen) || !Objects.equals(before.progress(), seen.progress());
    }

    private static boolean changed(Job before, Job now) {
        return before.state() != now.state() || before.pid() != now.pid() || before.attempt() != now.attempt()
                || !Objects.equals(before.reason(), now.reason()) || !Objects.equals(before.stopNote(), now.stopNote());
    }

    @Override
    void send() {
        Job now = seen;
        if (told == null || changed(told, now)) {
            send("state", Json.line(WebJson.job(job.repo().told(), now)), null);
        } else if (!sameProgress(told.progress(), now.progress())) {
            send("progress", Json.line(WebJson.job(job.repo().told(), now)), null);
        }
        told = now;
        if (size < cursor) {
            cursor = 0; // somebody emptied the log: what it holds now is new
            send("reset", "{}", "0");
        }
        while (!closed()) {
            LogPart part = LogPart.read(job.jobs().log(job.id()), cursor, CHUNK, !now.active());
            if (part.next() == cursor) {
                break;
            }
            cursor = part.next();
            send("log", Json.line(JobJson.log(job.id(), part.from(), part.next(), part.text())), Long.toString(cursor));
        }
        if (!now.active() && now.state() != null && !closed()) {
            send("end", Json.line(WebJson.ended(job.repo().told(), now)), Long.toString(cursor));
            close();
        }
    }

    private static boolean sameProgress(Progress before, Progress now) {
        return Objects.equals(before, now);
    }
}
