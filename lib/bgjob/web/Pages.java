package bgjob.web;

import bgjob.core.JobResult;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.json.Figures;
import bgjob.log.LogFile;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRouting;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dashboard for people. Its forms work without any script, too. */
final class Pages {
    private static final int RECENT = 8;
    private static final int ROWS = 50;
    private static final int RUNS = 10;

    private final Repos repos;
    private final Shelf shelf;
    private final Actions actions;
    private final Guard guard;
    private final Templates templates = new Templates();
    private final Assets assets = new Assets();
    private final String version = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    Pages(Repos repos, Shelf shelf, Actions actions, Guard guard) {
        this.repos = repos;
        this.shelf = shelf;
        this.actions = actions;
        this.guard = guard;
    }

    void route(JavalinDefaultRouting routes) {
        routes.get("/", this::home);
        routes.get("/jobs", this::list);
        routes.post("/jobs", this::start);
        routes.get("/jobs/{id}", this::job);
        routes.get("/jobs/{id}/log", this::download);
        routes.post("/jobs/{id}/cancel", ctx -> {
            Repos.Found found = found(ctx);
            actions.cancel(found, null, "asked on the page");
            show(ctx, found);
        });
        routes.post("/jobs/{id}/rerun", ctx -> show(ctx, actions.rerun(found(ctx), ctx.formParam("failed") != null, ctx.formParam("at_commit") != null)));
        routes.post("/jobs/{id}/resume", ctx -> show(ctx, actions.resume(found(ctx))));
        routes.post("/jobs/{id}/pause", ctx -> {
            Repos.Found found = found(ctx);
            actions.pause(found);
            show(ctx, found);
        });
        routes.get("/stats", this::stats);
        routes.get("/assets/{name}", assets::serve);
    }

    private Repos.Found found(Context ctx) {
        return repos.find(ctx.pathParam("id"), Asked.text(ctx, "repo"));
    }

    private void show(Context ctx, Repos.Found job) {
        ctx.status(303).header("Location", "/jobs/" + job.id() + job.repo().query());
    }

    private Map<String, Object> facts(String title, String here) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("title", title);
        facts.put("here", here);
        facts.put("version", version);
        facts.put("several", repos.several());
        List<Map<String, Object>> roots = new ArrayList<>();
        repos.all().forEach(repo -> roots.add(Map.of("key", repo.key(), "root", repo.root(), "logs", repo.jobs().directory())));
        facts.put("repos", roots);
        return facts;
    }

    private void page(Context ctx, String template, Map<String, Object> facts) {
        ctx.contentType("text/html; charset=utf-8").result(templates.page(template, facts));
    }

    private void home(Context ctx) {
        if (ctx.queryParam("token") != null) {
            guard.enter(ctx);
            return;
        }
        form(ctx, Map.of(), null);
    }

    /** The form, filled in as it was sent when something is wrong with it. */
    private void form(Context ctx, Map<String, List<String>> sent, String wrong) {
        Map<String, Object> facts = facts("New job", "home");
        facts.put("wrong", wrong == null ? "" : wrong);
        Map<String, String> values = new HashMap<>();
        for (String name : List.of("repo", "label", "command", "cwd", "env", "timeout", "grace", "nice", "retry", "retry_delay", "retry_on", "on_exit",
                "login", "max_log", "notify", "snapshot", "queue", "slots", "priority", "after", "on", "sbatch")) {
            values.put(name, sent.getOrDefault(name, List.of("")).get(0));
        }
        facts.put("values", values);
        facts.put("open", List.of("cwd", "env", "timeout", "grace", "nice", "retry", "retry_delay", "retry_on", "on_exit", "login", "max_log", "notify", "snapshot", "queue",
                "slots", "priority", "after", "on", "sbatch").stream()
                .anyMatch(name -> !values.get(name).isEmpty()));
        facts.put("jobs", views(shelf.page(new Shelf.Query(null, Set.of(), null, null, 0, RECENT)).jobs()));
        page(ctx, "home", facts);
    }

    private List<Map<String, Object>> views(List<Repos.Entry> entries) {
        List<Map<String, Object>> views = new ArrayList<>();
        entries.forEach(entry -> views.add(View.of(entry, repos.several())));
        return views;
    }

    private void start(Context ctx) {
        try {
            show(ctx, actions.start(NewJob.ofForm(ctx)));
        } catch (BgjobException e) {
            ctx.status(400);
            form(ctx, ctx.formParamMap(), e.getMessage());
        }
    }

    private void list(Context ctx) {
        Shelf.Query query = Api.query(ctx, ROWS);
        Shelf.Page page = shelf.page(query);
        Map<String, Object> facts = facts("Jobs", "jobs");
        List<String> states = new ArrayList<>();
        for (JobState state : JobState.values()) {
            states.add(state.word());
        }
        facts.put("states", states);
        facts.put("status", Asked.text(ctx, "status") == null ? "" : Asked.text(ctx, "status"));
        facts.put("q", query.text() == null ? "" : query.text());
        facts.put("label", query.label() == null ? "" : query.label());
        facts.put("repo", query.repo() == null ? "" : query.repo());
        facts.put("jobs", views(page.jobs()));
        facts.put("filtered", !query.plain());
        facts.put("beyond", query.offset() > 0);
        facts.put("first", page.jobs().isEmpty() ? 0 : query.offset() + 1);
        facts.put("last", query.offset() + page.jobs().size());
        facts.put("total", page.total() < 0 ? "" : "" + page.total());
        facts.put("offset", query.offset());
        facts.put("previous", query.offset() == 0 ? "" : "" + Math.max(0, query.offset() - ROWS));
        facts.put("next", page.more() ? "" + (query.offset() + ROWS) : "");
        page(ctx, "jobs", facts);
    }

    private void job(Context ctx) {
        Repos.Found found = found(ctx);
        if (!found.id().toString().equals(ctx.pathParam("id"))) {
            show(ctx, found); // a label stands for its newest job
            return;
        }
        JobResult result = found.jobs().result(found.id(), 0);
        Job job = result.job();
        Map<String, Object> facts = facts(found.id().label(), "job");
        Map<String, Object> view = View.of(new Repos.Entry(found.repo(), job), repos.several());
        View.details(view, job);
        view.put("rerunFailed", Items.left(result.items(), job.active()));
        Items.put(facts, result.items(), ctx);
        String query = repos.several() ? "?repo=" + found.repo().key() + "&" : "?";
        facts.put("base", "/jobs/" + found.id() + query);
        facts.put("logBase", "/jobs/" + found.id() + "/log" + query);
        facts.put("job", view);
        facts.put("limits", Limitations.of(found));
        facts.put("root", found.repo().root());
        facts.put("logSize", Api.log(ctx, found).size());
        facts.put("figures", result.left() == null ? Map.of() : Figures.of(result.left()));
        String text = result.left() == null ? "" : Figures.text(result.left());
        facts.put("resultText", text == null ? "" : text);
        facts.put("resultBinary", result.left() != null && text == null);
        facts.put("resultFile", result.left() == null ? "" : result.left().path());
        facts.put("runs", views(runs(found)));
        page(ctx, "job", facts);
    }

    private List<Repos.Entry> runs(Repos.Found found) {
        JobId id = found.id();
        return shelf.page(new Shelf.Query(repos.several() ? found.repo().key() : null, Set.of(), null, id.label(), 0, RUNS)).jobs();
    }

    private void stats(Context ctx) {
        Map<String, Object> facts = facts("Statistics", "stats");
        facts.put("repo", Asked.text(ctx, "repo") == null ? repos.all().get(0).key() : Asked.text(ctx, "repo"));
        facts.put("since", Asked.text(ctx, "since") == null ? "" : Asked.text(ctx, "since"));
        facts.put("any", !repos.named((String) facts.get("repo")).get(0).jobs().ids(1).isEmpty());
        page(ctx, "stats", facts);
    }

    /** The log as it is, byte for byte, as a file to save: a browser never shows it as a page. Its length is not foretold, as some may be dropped. */
    private void download(Context ctx) {
        Repos.Found found = found(ctx);
        LogFile log = Api.log(ctx, found);
        String item = Asked.text(ctx, "item");
        long size = log.size();
        ctx.contentType("application/octet-stream").header("Content-Disposition", "attachment; filename=\"" + found.id() + (item == null ? "" : ".item-" + item) + ".log\"");
        OutputStream out = ctx.outputStream();
        if (size > 0) {
            log.copy(0, size, out::write);
        }
    }

    /** Says why there is no such page, as a page. */
    void problem(Context ctx, int status, String detail) {
        Map<String, Object> facts = facts(status == 404 ? "Not found" : status == 401 || status == 403 ? "No entry" : "Not done", "problem");
        facts.put("detail", detail);
        facts.put("status", status);
        page(ctx, "problem", facts);
    }
}
