package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every row of the API, over HTTP, against jobs that the command line sees too. */
class ApiTest {
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
    }

    private static JsonObject created(String body) throws Exception {
        return Site.json(201, site.post("/api/jobs", body)).getAsJsonObject();
    }

    private static JsonObject problem(int status, HttpResponse<String> answer) {
        JsonObject problem = Site.json(status, answer).getAsJsonObject();
        assertEquals(Set.of("status", "error", "detail"), problem.keySet());
        assertEquals(status, problem.get("status").getAsInt());
        return problem;
    }

    private static JsonElement cli(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = Site.bgjob();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return JsonParser.parseString(site.run(command));
    }

    private static String id(JsonObject job) {
        return job.get("id").getAsString();
    }

    @Test
    void a_job_is_started_and_read_in_the_words_of_the_command_line() throws Exception {
        JsonObject job = created("{\"label\": \"made\", \"command\": [\"printf\", \"%s|\", \"a b\", \"$HOME\", \"\"], \"env\": [\"X=1\"], \"timeout\": \"5m\", \"retry\": 2}");
        site.ended(id(job));

        assertEquals(cli("status", id(job), "--json"), Site.json(200, site.get("/api/jobs/" + id(job))));
        assertEquals("a b|$HOME||", Files.readString(site.logs().resolve(id(job) + ".log")), "no shell reads a command");
        assertTrue(Files.readString(site.logs().resolve("jobs/" + id(job) + ".sh")).contains("timeout 300"));
        JsonObject byLabel = Site.json(200, site.get("/api/jobs/made")).getAsJsonObject();
        assertEquals(id(job), id(byLabel), "a label stands for its newest job");
    }

    @Test
    void a_job_may_wait_for_another() throws Exception {
        JsonObject first = created("{\"label\": \"first\", \"sh\": \"while [ ! -e first-ends ]; do sleep 0.05; done\", \"queue\": \"q\", \"slots\": 1}");
        JsonObject second = created("{\"label\": \"second\", \"sh\": \"true\", \"queue\": \"q\", \"priority\": 5, \"after\": [\"first:any\"]}");
        assertEquals("queued", Site.json(200, site.get("/api/jobs/" + id(second))).getAsJsonObject().get("state").getAsString());
        assertTrue(problem(400, site.post("/api/jobs", "{\"label\": \"bad\", \"sh\": \"true\", \"slots\": 1}")).get("detail").getAsString().contains("--queue"));
        Files.createFile(site.project().resolve("first-ends"));
        site.ended(id(first));
        site.ended(id(second));
    }

    @Test
    void what_makes_no_sense_is_refused_as_the_command_line_refuses_it_and_leaves_nothing() throws Exception {
        for (Map.Entry<String, String> bad : Map.of(
                "{\"label\": \"a/b\", \"sh\": \"true\"}", "label",
                "{\"label\": \"bad\"}", "command",
                "{\"sh\": \"true\"}", "label",
                "{\"label\": \"bad\", \"sh\": \"true\", \"timeout\": \"soon\"}", "'soon' is no length of time",
                "{\"label\": \"bad\", \"sh\": \"true\", \"retry\": -1}", "--retry -1",
                "{\"label\": \"bad\", \"sh\": \"true\", \"cwd\": \"/no/such\"}", "--cwd '/no/such'",
                "{\"label\": \"bad\", \"sh\": \"true\", \"env\": [\"1=2\"]}", "--env '1=2'",
                "{\"label\": \"bad\", \"sh\": \"true\", \"colour\": 1}", "'colour'",
                "[1]", "no JSON object",
                "{\"label\": ", "no JSON object").entrySet()) {
            String detail = problem(400, site.post("/api/jobs", bad.getKey())).get("detail").getAsString();
            assertTrue(detail.contains(bad.getValue()), bad.getKey() + ": " + detail);
        }
        assertEquals(0, Site.json(200, site.get("/api/jobs?label=bad")).getAsJsonArray().size());
    }

    @Test
    void the_list_is_filtered_limited_and_paged() throws Exception {
        for (int i = 0; i < 3; i++) {
            site.ended(site.job("listed", "exit " + i));
        }
        JsonArray all = Site.json(200, site.get("/api/jobs?label=listed")).getAsJsonArray();
        assertEquals(cli("list", "listed", "--json"), all);
        assertEquals(2, Site.json(200, site.get("/api/jobs?label=listed&status=failed")).getAsJsonArray().size());
        assertEquals(all.get(2), Site.json(200, site.get("/api/jobs?label=listed&limit=1&offset=2")).getAsJsonArray().get(0));
        assertEquals(1, Site.json(200, site.get("/api/jobs?label=listed&q=EXIT%202")).getAsJsonArray().size());
        assertTrue(problem(400, site.get("/api/jobs?status=cancelled")).get("detail").getAsString().contains("known are queued"));
        problem(400, site.get("/api/jobs?limit=many"));
        problem(404, site.get("/api/jobs?repo=other"));
    }

    @Test
    void what_is_recorded_behind_the_ending_is_told_too() throws Exception {
        String id = JsonParser.parseString(site.run(Site.bgjob(), "run", "tidied", "--json", "--on-exit", "while [ ! -e tidy ]; do sleep 0.05; done; exit 4", "--", "true"))
                .getAsJsonObject().get("id").getAsString();
        site.ended(id);
        assertTrue(Site.json(200, site.get("/api/jobs?label=tidied")).getAsJsonArray().get(0).getAsJsonObject().get("on_exit_status").isJsonNull());
        Files.createFile(site.project().resolve("tidy"));
        Await.until("the end of its --on-exit is recorded", () -> text(site.logs().resolve(id + ".meta")).contains("on_exit_status=4"));
        assertEquals(cli("list", "tidied", "--json"), Site.json(200, site.get("/api/jobs?label=tidied")));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_log_comes_by_bytes_or_by_lines() throws Exception {
        String id = site.job("logged", "printf 'eins\\nzwei\\ndr\\303\\244i\\n'");
        site.ended(id);
        JsonObject all = Site.json(200, site.get("/api/jobs/" + id + "/logs")).getAsJsonObject();
        JsonObject cli = cli("logs", id, "--json").getAsJsonObject();
        cli.addProperty("size", 16);
        assertEquals(cli, all);
        assertEquals("dräi\n", Site.json(200, site.get("/api/jobs/" + id + "/logs?tail=1")).getAsJsonObject().get("text").getAsString());
        JsonObject rest = Site.json(200, site.get("/api/jobs/" + id + "/logs?since=5&limit=8")).getAsJsonObject();
        assertEquals("zwei\ndr", rest.get("text").getAsString(), "a character comes whole");
        assertEquals(12, rest.get("next").getAsLong());
        JsonObject before = Site.json(200, site.get("/api/jobs/" + id + "/logs?before=10&limit=7")).getAsJsonObject();
        assertEquals("zwei\n", before.get("text").getAsString(), "it begins with a line");
        problem(400, site.get("/api/jobs/" + id + "/logs?tail=1&since=2"));
        problem(400, site.get("/api/jobs/" + id + "/logs?since=-1"));
    }

    @Test
    void a_job_is_paused_resumed_cancelled_and_run_again() throws Exception {
        String id = up(site.job("held", "echo up; exec sleep 300"));
        assertEquals("paused", Site.json(200, site.post("/api/jobs/" + id + "/pause", "")).getAsJsonObject().get("state").getAsString());
        problem(400, site.post("/api/jobs/" + id + "/pause", ""));
        assertEquals("running", Site.json(200, site.post("/api/jobs/" + id + "/resume", "")).getAsJsonObject().get("state").getAsString());
        JsonObject cancelled = Site.json(200, site.post("/api/jobs/" + id + "/cancel", "{\"reason\": \"seen enough\", \"grace\": \"2s\"}")).getAsJsonObject();
        assertTrue(cancelled.get("success").getAsBoolean());
        assertEquals("stopped", cancelled.getAsJsonObject("receipt").getAsJsonObject("job").get("state").getAsString());
        assertTrue(cli("status", id, "--json").getAsJsonObject().get("reason").getAsString().contains("seen enough"));
        assertTrue(problem(400, site.post("/api/jobs/" + id + "/cancel", "")).get("detail").getAsString().contains("stopped"));

        JsonObject again = Site.json(201, site.post("/api/jobs/" + id + "/rerun", "")).getAsJsonObject();
        assertEquals(id, again.get("parent").getAsString());
        up(id(again));
        Site.json(200, site.post("/api/jobs/" + id(again) + "/cancel", ""));
        JsonObject resumed = Site.json(201, site.post("/api/jobs/" + id(again) + "/resume", "")).getAsJsonObject();
        assertEquals(2, resumed.get("attempt").getAsInt());
        up(id(resumed));
        Site.json(200, site.post("/api/jobs/" + id(resumed) + "/cancel", ""));
    }

    private static String up(String id) {
        Await.until(id + " is up", () -> site.logs().resolve(id + ".log").toFile().length() == 3);
        return id;
    }

    @Test
    void forms_answer_with_the_page_to_go_on_with() throws Exception {
        HttpResponse<String> started = site.send(site.request("/jobs").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("label=form&command=echo+1+%26%26+exit+3&timeout=&retry=")));
        assertEquals(303, started.statusCode());
        String page = started.headers().firstValue("Location").orElseThrow();
        String id = page.substring("/jobs/".length());
        site.ended(id);
        assertEquals(3, Site.json(200, site.get("/api" + page)).getAsJsonObject().get("exit_code").getAsInt());
        HttpResponse<String> again = site.post(page + "/rerun", "");
        assertEquals(303, again.statusCode());
        site.ended(again.headers().firstValue("Location").orElseThrow().substring("/jobs/".length()));
        assertEquals(400, site.post(page + "/cancel", "").statusCode());
        assertEquals(404, site.post("/jobs/nothing_20200101_000000/rerun", "").statusCode());
        assertEquals("echo".length() + 1 - 3, Files.size(site.logs().resolve(id + ".log")));
        assertEquals("1\n", site.get(page + "/log").body());
    }

    @Test
    void what_is_not_there_is_404_with_near_names() throws Exception {
        site.ended(site.job("present", "true"));
        for (String path : List.of("", "/logs", "/logs/search?q=a", "/result", "/events")) {
            HttpResponse<String> answer = site.send(site.request("/api/jobs/presnt" + path).header("Accept", path.equals("/events") ? "text/event-stream" : "*/*"));
            assertTrue(problem(404, answer).get("detail").getAsString().contains("present"), path);
        }
        for (String action : List.of("cancel", "rerun", "pause", "resume")) {
            problem(404, site.post("/api/jobs/presnt/" + action, ""));
        }
        problem(404, site.get("/api/nothing"));
        problem(405, site.post("/api/stats", ""));
        assertEquals(404, site.get("/jobs/presnt").statusCode());
        assertEquals(404, site.get("/assets/nothing.js").statusCode());
    }

    @Test
    void statistics_timeline_and_result_are_told() throws Exception {
        String id = site.job("told", "echo '{\"cost\": 0.5}' >\"$BGJOB_RESULT\"");
        site.ended(id);
        assertEquals(cli("result", id, "--json"), Site.json(200, site.get("/api/jobs/" + id + "/result")));
        assertEquals(cli("stats", "told", "--json"), Site.json(200, site.get("/api/stats?label=told")));
        JsonArray line = Site.json(200, site.get("/api/timeline?label=told")).getAsJsonArray();
        assertEquals(id, line.get(0).getAsJsonObject().get("id").getAsString());
    }

    @Test
    void the_description_names_every_address_method_and_field_and_no_other() throws Exception {
        JsonObject description = Site.json(200, site.get("/api/openapi.json")).getAsJsonObject();
        JsonObject schemas = description.getAsJsonObject("components").getAsJsonObject("schemas");
        Set<String> described = new TreeSet<>();
        description.getAsJsonObject("paths").entrySet().forEach(path -> path.getValue().getAsJsonObject().keySet()
                .forEach(method -> described.add(method.toUpperCase() + " " + path.getKey())));
        String source = Files.readString(docs.Checkout.root().resolve("lib/bgjob/web/Api.java"));
        Set<String> served = java.util.regex.Pattern.compile("routes\\.(get|post|sse)\\(\"([^\"]+)\"").matcher(source).results()
                .map(found -> (found.group(1).equals("sse") ? "GET" : found.group(1).toUpperCase()) + " " + found.group(2)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(served, described);

        String refused = problem(400, site.post("/api/jobs", "{\"colour\": 1}")).get("detail").getAsString();
        JsonObject body = description.getAsJsonObject("paths").getAsJsonObject("/api/jobs").getAsJsonObject("post").getAsJsonObject("requestBody").getAsJsonObject("content")
                .getAsJsonObject("application/json").getAsJsonObject("schema").getAsJsonObject("properties");
        assertEquals(new TreeSet<>(List.of(refused.substring(refused.indexOf("are: ") + 5).split(", "))), new TreeSet<>(body.keySet()), "the fields of a new job");

        String id = site.job("described", "sleep 0.1; echo '1/2 a' >>\"$BGJOB_PROGRESS\"; echo x");
        site.ended(id);
        check(schemas, "Job", Site.json(200, site.get("/api/jobs/" + id)).getAsJsonObject());
        check(schemas, "Log", Site.json(200, site.get("/api/jobs/" + id + "/logs")).getAsJsonObject());
        check(schemas, "Matches", Site.json(200, site.get("/api/jobs/" + id + "/logs/search?q=x")).getAsJsonObject());
        check(schemas, "Result", Site.json(200, site.get("/api/jobs/" + id + "/result")).getAsJsonObject());
        check(schemas, "Statistics", Site.json(200, site.get("/api/stats")).getAsJsonObject());
        check(schemas, "Span", Site.json(200, site.get("/api/timeline")).getAsJsonArray().get(0).getAsJsonObject());
        check(schemas, "Problem", Site.json(404, site.get("/api/jobs/none")).getAsJsonObject());
        String running = up(site.job("described", "echo up; exec sleep 60"));
        check(schemas, "Cancelled", Site.json(200, site.post("/api/jobs/" + running + "/cancel", "{\"grace\": 1}")).getAsJsonObject());
    }

    private static void check(JsonObject schemas, String name, JsonObject answer) {
        JsonObject fields = schemas.getAsJsonObject(name).getAsJsonObject("properties");
        Set<String> always = new TreeSet<>(fields.keySet());
        always.remove("repo"); // only where several directories are served
        assertEquals(always, answer.keySet(), name);
        for (String key : always) {
            JsonElement value = answer.get(key);
            String type = value.isJsonNull() ? "null" : value.isJsonArray() ? "array" : value.isJsonObject() ? "object"
                    : value.getAsJsonPrimitive().isNumber() ? "number" : value.getAsJsonPrimitive().isBoolean() ? "boolean" : "string";
            JsonObject schema = fields.getAsJsonObject(key);
            boolean fits = schema.has("$ref") ? type.equals("object") : !schema.has("type") || schema.get("type").toString().contains("\"" + type + "\"");
            assertTrue(fits, name + "." + key + " is " + value + ", described as " + schema);
        }
    }
}
