package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looking for a text in a log, over HTTP: what is found, and how much one request looks at. */
class LogSearchTest {
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
    }

    @Test
    void a_log_of_gibibytes_is_read_in_parts_and_searched_in_steps() throws Exception {
        String id = site.job("huge", "echo first");
        site.ended(id);
        Path log = site.logs().resolve(id + ".log");
        try (var channel = Files.newByteChannel(log, StandardOpenOption.WRITE)) {
            channel.position(5L << 30);
            channel.write(StandardCharsets.UTF_8.encode("\nneedle at the end\n"));
        }
        JsonObject tail = Site.json(200, site.get("/api/jobs/" + id + "/logs?tail=1")).getAsJsonObject();
        assertEquals("needle at the end\n", tail.get("text").getAsString());
        assertEquals((5L << 30) + 19, tail.get("size").getAsLong());
        assertTrue(Site.json(200, site.get("/api/jobs/" + id + "/logs?since=0")).getAsJsonObject().get("text").getAsString().length() <= 1 << 20);
        JsonObject step = Site.json(200, site.get("/api/jobs/" + id + "/logs/search?q=first")).getAsJsonObject();
        assertEquals(1, step.getAsJsonArray("matches").size());
        assertTrue(step.get("next").getAsLong() <= 64L << 20, "one request looks at so much only");
        JsonObject last = Site.json(200, site.get("/api/jobs/" + id + "/logs/search?q=NEEDLE&since=" + ((5L << 30) - 4096))).getAsJsonObject();
        assertEquals((5L << 30) + 1, last.getAsJsonArray("matches").get(0).getAsJsonObject().get("from").getAsLong());
        assertTrue(last.get("next").isJsonNull());
        assertEquals(400, site.get("/api/jobs/" + id + "/logs/search").statusCode());
    }

    @Test
    void a_log_is_searched_for_what_can_be_read_in_it() throws Exception {
        String id = site.job("coloured", "i=0; while [ $i -lt 60 ]; do i=$((i+1)); printf '\\033[38;5;2%02dmx' $i; done; printf 'nee\\033[1mdle\\033[0m\\033]0;title\\007 end\\n'");
        site.ended(id);
        JsonObject found = Site.json(200, site.get("/api/jobs/" + id + "/logs/search?q=needle")).getAsJsonObject();
        assertEquals("x".repeat(60) + "needle end", found.getAsJsonArray("matches").get(0).getAsJsonObject().get("text").getAsString());
        assertEquals(0, Site.json(200, site.get("/api/jobs/" + id + "/logs/search?q=38;5;2")).getAsJsonObject().getAsJsonArray("matches").size());
    }
}
