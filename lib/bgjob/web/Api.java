package bgjob.web;

import bgjob.core.StopReceipt;
import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.Facts;
import bgjob.job.Rfc3339;
import bgjob.json.Json;
import bgjob.json.Request;
import bgjob.json.ResultJson;
import bgjob.json.StatsJson;
import bgjob.json.WebJson;
import bgjob.log.LogFile;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The dashboard for programs: the JSON of the CLI over HTTP (docs/dashboard.md). */
final class Api {
    private static final int LIMIT = 100;
    private static final int MOST = 1000;
    private static final int TIMELINE = 200;

    private final Repos repos;
    private final Shelf shelf;
    private final Actions actions;
    private final Live live;

    Api(Repos repos, Shelf shelf, Actions actions, Live live) {
        this.repos = repos;
        this.shelf = shelf;
        this.actions = actions;
        this.live = live;
    }

    void route(JavalinDefaultRouting routes) {
        routes.get("/api/jobs", this::list);
        routes.post("/api/jobs", this::start);
        routes.get("/api/jobs/{id}", ctx -> told(ctx, found(ctx)));
        routes.get("/api/jobs/{id}/logs", this::logs);
        routes.get("/api/jobs/{id}/logs/search", this::search);
        routes.get("/api/jobs/{id}/result", this::result);
        routes.post("/api/jobs/{id}/cancel", this::cancel);
        routes.post("/api/jobs/{id}/rerun", this::rerun);
        routes.post("/api/jobs/{id}/pause", this::pause);
        routes.post("/api/jobs/{id}/resume", this::resume);
        routes.get("/api/stats", this::stats);
        routes.get("/api/timeline", this::timeline);
        routes.get("/api/openapi.json", ctx -> ctx.contentType("application/json").result(Texts.read("openapi.json")));
        routes.before("/api/jobs/{id}/events", this::found); // once it has begun, a stream cannot say so any more
        routes.before("/api/*", Api::wantsEvents);
        routes.sse("/api/events", client -> live.add(new EventStream(client, live.changes(), client.ctx().header("Last-Event-ID"))));
        routes.sse("/api/jobs/{id}/events", client -> live.add(new JobStream(client, found(client.ctx()), from(client.ctx()))));
    }

    private static void wantsEvents(Context ctx) {
        String accept = ctx.header("Accept");
        if (ctx.path().endsWith("/events") && (accept == null || !accept.contains("text/event-stream"))) {
            throw BgjobException.usage(ctx.path() + " is a stream of events; ask for it with Accept: text/event-stream");
        }
    }

    private Repos.Found found(Context ctx) {
        return repos.find(ctx.pathParam("id"), Asked.text(ctx, "repo"));
    }

    static void json(Context ctx, Json.Content content) {
        ctx.contentType("application/json").result(Json.text(content));
    }

    static Shelf.Query query(Context ctx, int limit) {
        return new Shelf.Query(Asked.text(ctx, "repo"), Asked.states(ctx), Asked.text(ctx, "q"), Asked.text(ctx, "label"),
                (int) Asked.number(ctx, "offset", 0, Integer.MAX_VALUE), limit);
    }

    private void list(Context ctx) {
        Shelf.Query query = query(ctx, (int) Asked.number(ctx, "limit", LIMIT, MOST));
        json(ctx, WebJson.jobs(kept(shelf.page(query))));
    }

    private static List<WebJson.Kept> kept(Shelf.Page page) {
        List<WebJson.Kept> jobs = new ArrayList<>();
        page.jobs().forEach(entry -> jobs.add(new WebJson.Kept(entry.repo().told(), entry.job())));
        return jobs;
    }

    private static void told(Context ctx, Repos.Found found) {
        json(ctx, WebJson.job(found.repo().told(), found.job()));
    }

    private void start(Context ctx) {
        created(ctx, actions.start(NewJob.ofJson(ctx.body())));
    }

    private void created(Context ctx, Repos.Found job) {
        ctx.status(201).header("Location", "/api/jobs/" + job.id() + job.repo().query());
        told(ctx, job);
    }

    private void logs(Context ctx) {
        Repos.Found found = found(ctx);
        LogPart part = part(ctx, found, log(ctx, found));
        json(ctx, WebJson.log(found.id(), part.from(), part.next(), part.text(), part.size()));
    }

    /** @return the log, or that of one item of a batch where {@code item} names one */
    static LogFile log(Context ctx, Repos.Found found) {
        int item = (int) Asked.number(ctx, "item", 0, Integer.MAX_VALUE);
        return item == 0 ? found.jobs().log(found.id()) : found.jobs().batches().log(found.id(), item);
    }

    private static LogPart part(Context ctx, Repos.Found found, LogFile log) {
        int limit = (int) Asked.number(ctx, "limit", LogPart.MOST, LogPart.MOST);
        String how = null;
        for (String name : new String[] {"tail", "since", "before"}) {
            if (how != null && Asked.text(ctx, name) != null) {
                throw BgjobException.usage(how + " and " + name + " exclude each other; give one of them");
            }
            how = Asked.text(ctx, name) == null ? how : name;
        }
        long n = how == null ? 0 : Asked.number(ctx, how, 0, Long.MAX_VALUE);
        return switch (how == null ? "since" : how) {
            case "tail" -> LogPart.tail(log, n, Math.max(1, limit));
            case "before" -> LogPart.before(log, n, Math.max(1, limit));
            default -> LogPart.read(log, n, Math.max(1, limit), !found.job().active());
        };
    }

    private void search(Context ctx) {
        Repos.Found found = found(ctx);
        String wanted = ctx.queryParam("q");
        if (wanted == null || wanted.isEmpty()) {
            throw BgjobException.usage("q is missing: the text to look for");
        }
        LogSearch.Result result = LogSearch.find(log(ctx, found), wanted, Asked.number(ctx, "since", 0, Long.MAX_VALUE));
        List<WebJson.Match> matches = new ArrayList<>();
        result.matches().forEach(match -> matches.add(new WebJson.Match(match.from(), match.text())));
        json(ctx, WebJson.matches(found.id(), matches, result.next()));
    }

    private void result(Context ctx) {
        Repos.Found found = found(ctx);
        int from = (int) Math.max(1, Asked.number(ctx, "from", 1, Integer.MAX_VALUE));
        json(ctx, ResultJson.of(found.jobs().result(found.id(), -1), from, Asked.flag(ctx, "failed")));
    }

    private void rerun(Context ctx) {
        Request body = body(ctx, Set.of("failed", "at_commit"));
        created(ctx, actions.rerun(found(ctx), body != null && body.flag("failed"), body != null && body.flag("at_commit")));
    }

    /** @return what was sent, or null where nothing was */
    private static Request body(Context ctx, Set<String> known) {
        String text = ctx.body();
        return text.isBlank() ? null : Request.read(text, known);
    }

    private void cancel(Context ctx) {
        Request body = body(ctx, Set.of("grace", "reason"));
        String grace = body == null ? null : body.word("grace");
        StopReceipt receipt = actions.cancel(found(ctx), grace == null ? null : Durations.parse(grace), body == null ? null : body.text("reason"));
        json(ctx, WebJson.cancelled(receipt));
    }

    private void pause(Context ctx) {
        Repos.Found found = found(ctx);
        actions.pause(found);
        told(ctx, found);
    }

    private void resume(Context ctx) {
        Repos.Found found = found(ctx);
        Repos.Found now = actions.resume(found);
        if (now.id().equals(found.id())) {
            told(ctx, now);
        } else {
            created(ctx, now);
        }
    }

    private void stats(Context ctx) {
        String repo = Asked.text(ctx, "repo");
        String label = Asked.text(ctx, "label");
        String only = label == null ? null : repos.find(label, repo).id().label();
        json(ctx, StatsJson.of(repos.statistics(repo, only, since(ctx)), only, false));
    }

    /** @return milliseconds since 1970 UTC; {@code since} is a length of time or an RFC 3339 time, as in {@code bgjob stats} */
    private static long since(Context ctx) {
        String since = Asked.text(ctx, "since");
        Long time = since == null ? Long.valueOf(0) : Rfc3339.parse(since);
        return time != null ? time : System.currentTimeMillis() - Durations.parse(since);
    }

    private void timeline(Context ctx) {
        json(ctx, WebJson.timeline(kept(shelf.page(query(ctx, (int) Asked.number(ctx, "limit", TIMELINE, MOST))))));
    }

    /** A browser that comes back says where it was by the id of the last event it had. */
    private static long from(Context ctx) {
        String last = ctx.header("Last-Event-ID");
        long known = last == null ? -1 : Facts.parse(last);
        return known >= 0 ? known : Asked.number(ctx, "since", 0, Long.MAX_VALUE);
    }
}
