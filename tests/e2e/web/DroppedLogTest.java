package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** A log whose middle was dropped, since it was longer than --max-log allows. */
class DroppedLogTest {
    private static Site site;
    private static String id;
    private static String path;
    private static long from;
    private static long to;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
        String writes = "i=0; while [ $i -lt 40000 ]; do i=$((i+1)); echo \"line $i of a log\"; done; while [ ! -e more ]; do sleep 0.05; done; echo the end";
        id = JsonParser.parseString(site.run(Site.bgjob(), "run", "capped", "--max-log", "64K", "--json", "--sh", writes)).getAsJsonObject().get("id").getAsString();
        path = "/api/jobs/" + id + "/logs";
        Path meta = site.logs().resolve(id + ".meta");
        Await.until("its middle is dropped", () -> text(meta).contains("log_dropped="));
        Files.createFile(site.project().resolve("more"));
        site.ended(id);
        String dropped = Files.readString(meta).lines().filter(line -> line.startsWith("log_dropped=")).reduce((a, b) -> b).orElseThrow().substring(12);
        from = Long.parseLong(dropped.substring(0, dropped.indexOf('-')));
        to = Long.parseLong(dropped.substring(dropped.indexOf('-') + 1));
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static JsonObject part(String query) throws Exception {
        return Site.json(200, site.get(path + query)).getAsJsonObject();
    }

    private static void spans(long first, long next, JsonObject part) {
        assertEquals(first, part.get("from").getAsLong());
        assertEquals(next, part.get("next").getAsLong());
    }

    @Test
    void its_parts_stand_one_behind_the_other_and_say_once_what_is_missing() throws Exception {
        long size = site.logs().resolve(id + ".log").toFile().length();
        StringBuilder all = new StringBuilder();
        long at = 0;
        int parts = 0;
        while (at < size) {
            JsonObject part = part("?since=" + at + "&limit=20000");
            assertEquals(at, part.get("from").getAsLong());
            assertTrue(part.get("next").getAsLong() > at && ++parts < 50, "it goes on from " + at);
            at = part.get("next").getAsLong();
            all.append(part.get("text").getAsString());
        }
        assertEquals(site.run(Site.bgjob(), "logs", id), all.toString());
        spans(from, to, part("?since=" + from));
        spans(from + 100, to, part("?since=" + (from + 100)));
        spans(from, to, part("?before=" + to));
        spans(from, to - 7, part("?before=" + (to - 7)));
        JsonObject tail = part("?tail=100000");
        spans(to, size, tail);
        assertFalse(tail.get("text").getAsString().contains("dropped"));
        JsonObject before = part("?before=" + from + "&limit=1000");
        assertEquals(from, before.get("next").getAsLong());
        assertEquals(before.get("next").getAsLong() - before.get("from").getAsLong(), before.get("text").getAsString().length());
        assertEquals(all.toString(), site.get("/jobs/" + id + "/log").body(), "as a file, too");
    }

    @Test
    void a_search_finds_lines_where_they_are() throws Exception {
        JsonObject result = Site.json(200, site.get(path + "/search?q=the%20end")).getAsJsonObject();
        JsonArray matches = result.getAsJsonArray("matches");
        assertEquals(1, matches.size());
        assertTrue(result.get("next").isJsonNull());
        long match = matches.get(0).getAsJsonObject().get("from").getAsLong();
        assertEquals("the end\n", part("?since=" + match).get("text").getAsString());
        assertEquals(0, Site.json(200, site.get(path + "/search?q=dropped")).getAsJsonObject().getAsJsonArray("matches").size(), "what bgjob says is not of the log");
    }

    @Test
    void its_events_come_to_an_end() throws Exception {
        List<String> lines = site.lines(site.request("/api/jobs/" + id + "/events").header("Accept", "text/event-stream")).body().toList();
        List<JsonObject> logs = lines.stream().filter(line -> line.startsWith("data: ") && line.contains("\"text\"")).map(line -> JsonParser.parseString(line.substring(6)).getAsJsonObject()).toList();
        StringBuilder all = new StringBuilder();
        logs.forEach(log -> all.append(log.get("text").getAsString()));
        assertEquals(site.run(Site.bgjob(), "logs", id), all.toString());
        assertTrue(lines.contains("event: end"));
    }

    @Test
    void the_page_shows_what_is_missing_and_what_stands_around_it() throws Exception {
        try (Browser browser = new Browser(site).enter()) {
            browser.open("/jobs/" + id);
            browser.await("#view", "the end");
            browser.await("#head", "dropped, as --max-log asks");
            Await.until("what stands before is read", () -> {
                browser.script("document.getElementById('view').scrollTop = 0");
                return browser.script("return document.getElementById('view').textContent.includes('line 1 of a log')").equals(true);
            });
            assertEquals(1L, browser.script("return document.getElementById('view').textContent.split('dropped (--max-log)').length - 1"));
            browser.find("#find-text").sendKeys("line 2 of", Keys.ENTER);
            browser.await("#found", "line 2 of a log");
            browser.find("#find-text").clear();
            browser.find("#find-text").sendKeys("the end", Keys.ENTER);
            browser.await("#found", "the end");
            browser.click("button.match");
            browser.await(".hit", "the end");
        }
    }
}
