package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bgjob.support.Await;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batches, what waits in queues, saved changes and Slurm's facts, in the API and on the pages. */
class BatchPageTest {
    private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

    private static Site site;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
        browser = new Browser(site).enter();
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
    }

    private static String id(String json) {
        return JsonParser.parseString(json).getAsJsonObject().get("id").getAsString();
    }

    private static String batch(String label, String shell) throws Exception {
        Path list = site.base().resolve("items");
        Files.writeString(list, "one\n" + HOSTILE + "\nthree\n");
        return id(site.run(Site.bgjob(), "batch", label, "--json", "--from", list.toString(), "--sh", shell, "--", "{}"));
    }

    @Test
    void items_are_told_with_their_state_and_output_and_the_failed_ones_run_again() throws Exception {
        String id = batch("items", "printf '%s\\n' \"of $1\"; case $1 in three) exit 4;; esac");
        site.ended(id);
        JsonObject result = Site.json(200, site.get("/api/jobs/" + id + "/result")).getAsJsonObject();
        assertEquals(JsonParser.parseString(site.run(Site.bgjob(), "result", id, "--json")), result);
        assertEquals(1, Site.json(200, site.get("/api/jobs/" + id + "/result?failed=true")).getAsJsonObject().getAsJsonArray("items").size());
        assertEquals(2, Site.json(200, site.get("/api/jobs/" + id + "/result?from=2")).getAsJsonObject().getAsJsonArray("items").size());
        Site.json(400, site.get("/api/jobs/" + id + "/result?failed=perhaps"));
        String api = "/api/jobs/" + id + "/logs";
        assertEquals("of three\n", Site.json(200, site.get(api + "?item=3")).getAsJsonObject().get("text").getAsString());
        assertEquals(1, Site.json(200, site.get(api + "/search?item=3&q=three")).getAsJsonObject().getAsJsonArray("matches").size());
        assertEquals("of three\n", site.get("/jobs/" + id + "/log?item=3").body());
        Site.json(404, site.get(api + "?item=9"));
        Site.json(400, site.get(api + "?item=../3"));
        String plain = site.job("plain", "true");
        site.ended(plain);
        Site.json(400, site.get("/api/jobs/" + plain + "/logs?item=1"));

        String again = id(site.post("/api/jobs/" + id + "/rerun", "{\"failed\": true}").body());
        site.ended(again);
        JsonArray items = Site.json(200, site.get("/api/jobs/" + again + "/result")).getAsJsonObject().getAsJsonArray("items");
        assertEquals(1, items.size());
        assertEquals(3, items.get(0).getAsJsonObject().get("index").getAsInt());
        Site.json(400, site.post("/api/jobs/" + plain + "/rerun", "{\"failed\": true}"));
        Site.json(400, site.post("/api/jobs/" + plain + "/rerun", "{\"colour\": true}"));
    }

    @Test
    void the_page_of_a_batch_follows_its_items_and_shows_the_log_of_each() throws Exception {
        String id = batch("shown", "printf '%s\\n' \"of $1\"; [ \"$1\" = three ] || exit 0; while [ ! -e go ]; do sleep 0.05; done; exit 4");
        browser.open("/jobs/" + id);
        browser.await("#items tr[data-item='2']", HOSTILE);
        browser.await("#items tr[data-item='3'] .state", "running");
        Files.createFile(site.project().resolve("go"));
        browser.await("#items tr[data-item='3'] .state", "failed");
        browser.await("#items .counts", "2 completed");
        browser.click("#items tr[data-item='2'] a");
        browser.await("#log h2", "item 2");
        browser.await("#view", "of " + HOSTILE);
        assertFalse(browser.text("#view").contains("of one"));
        assertEquals(0L, browser.script("return document.querySelectorAll('main img').length"));
        assertFalse("owned".equals(browser.driver().getTitle()));
        browser.open("/jobs/" + id + "?failed=true");
        Await.until("only one is listed", () -> browser.all("#items tbody tr").size() == 1);
        browser.click("#rerun-failed-" + id);
        Await.until("the new job is shown", () -> !browser.driver().getCurrentUrl().contains(id));
        browser.await("#items .counts", "1 failed");
    }

    @Test
    void what_a_job_waits_for_is_said_and_kept_up_to_date() throws Exception {
        site.run(Site.bgjob(), "run", "holds", "--queue", "narrow", "--sh", "while [ ! -e free ]; do sleep 0.05; done");
        String second = id(site.run(Site.bgjob(), "run", "second", "--json", "--queue", "narrow", "--", "true"));
        browser.open("/jobs");
        browser.await("tr[data-id='" + second + "'] .waits", "place 1 in queue narrow");
        Queue<String> told = new ConcurrentLinkedQueue<>();
        Stream<String> events = site.lines(site.request("/api/events").header("Accept", "text/event-stream")).body();
        Thread reader = new Thread(() -> {
            try {
                events.forEach(told::add);
            } catch (UncheckedIOException e) {
                // the server has ended
            }
        });
        reader.setDaemon(true);
        reader.start();
        Await.until("it listens", () -> told.contains("event: hello"));
        site.run(Site.bgjob(), "run", "before", "--queue", "narrow", "--priority", "5", "--", "true");
        Await.until("its new place is told", () -> told.stream().anyMatch(line -> line.contains(second) && line.contains("place 2 in queue narrow")));
        browser.await("tr[data-id='" + second + "'] .waits", "place 2 in queue narrow");
        browser.open("/jobs/" + second);
        browser.await(".facts", "narrow, 1 slot, priority 0");
        Files.createFile(site.project().resolve("free"));
        site.ended(second);
        browser.await("#state", "completed");
    }

    @Test
    void uncommitted_changes_are_saved_when_asked_for_and_run_again() throws Exception {
        Files.writeString(site.project().resolve("draft"), "as it was\n");
        browser.open("/");
        browser.find("input[name=label]").sendKeys("saved");
        browser.find("textarea[name=command]").sendKeys("cat draft");
        browser.find("details summary").click();
        browser.click("input[name=snapshot]");
        browser.find("button.go").click();
        browser.await("#view", "as it was");
        browser.await("#state", "completed");
        browser.await(".facts", "of uncommitted changes");
        String id = browser.driver().getCurrentUrl().replaceAll(".*/jobs/", "");
        Files.writeString(site.project().resolve("draft"), "as it is now\n");
        String again = id(site.post("/api/jobs/" + id + "/rerun", "{\"at_commit\": true}").body());
        site.ended(again);
        assertEquals("as it was\n", Files.readString(site.logs().resolve(again + ".log")));
        browser.click("#rerun-at-commit-" + id);
        Await.until("the new job is shown", () -> !browser.driver().getCurrentUrl().endsWith(id));
        browser.await("#view", "as it was");
        Files.delete(site.project().resolve("draft"));
    }

    @Test
    void slurm_is_asked_for_as_in_the_command_line_and_its_facts_stay_text() throws Exception {
        for (String bad : new String[] {"\"on\": \"moon\"", "\"sbatch\": [\"--mem=2G\"]", "\"on\": \"slurm\", \"sbatch\": [\"mem\"]"}) {
            Site.json(400, site.post("/api/jobs", "{\"label\": \"far\", \"sh\": \"true\", " + bad + "}"));
        }
        String id = "far_20260101_000000";
        Files.createDirectories(site.logs());
        Files.createFile(site.logs().resolve(id + ".log"));
        Files.writeString(site.logs().resolve(id + ".meta"), "ts=20260101_000000\nlabel=far\ncmd=true\nbackend=slurm\ncreated=2026-01-01T00:00:00Z\nslurm_job_id=12\npartition=<b>long\n"
                + "node=n7<script>\nslurm_state=COMPLETED\nstarted=2026-01-01T00:00:00Z\nexit=0\nended=2026-01-01T00:01:00Z\n");
        Files.writeString(site.logs().resolve(id + ".exit"), "0\n");
        browser.open("/jobs/" + id);
        browser.await(".facts", "job 12 · COMPLETED · partition <b>long · node n7<script>");
        assertEquals(0L, browser.script("return document.querySelectorAll('main b:not(#exit):not(a b), main script').length"));
    }

    @Test
    void a_command_reaches_its_program_exactly_or_not_at_all() throws Exception {
        for (String bad : new String[] {"\"sh\": \"echo a\\u0000b\"", "\"command\": [\"echo\", \"\\ud800\"]", "\"sh\": \"true\", \"env\": [\"A=\\u0000\"]", "\"sh\": \"true\", \"cwd\": \"/tmp\\u0000\"",
            "\"sh\": \"true\", \"on_exit\": \"echo \\u0000\"", "\"sh\": \"true\", \"timeout\": \"1m\\u0000\"", "\"sh\": \"true\", \"after\": [\"a\\u0000\"]"}) {
            Site.json(400, site.post("/api/jobs", "{\"label\": \"exact\", " + bad + "}"));
        }
        assertEquals(0, Site.json(200, site.get("/api/jobs?label=exact")).getAsJsonArray().size());
    }
}
