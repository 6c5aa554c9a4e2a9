package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One dashboard for two directories, some of whose jobs have the same label, and some the same id. */
class DirectoriesTest {
    private static Site site;
    private static Path other;

    @BeforeAll
    static void start() throws Exception {
        Path base = Files.createTempDirectory("bgjob-two").toRealPath();
        other = Files.createDirectories(base.resolve("other/.logs/jobs")).getParent();
        Path first = Files.createDirectories(base.resolve("first/.logs/jobs")).getParent();
        Recorded.write(first, "both_20260101_000000", 1, 1);
        Recorded.write(other, "both_20260102_000000", 2, 1);
        Recorded.write(first, "same_20260101_000000", 3, 1);
        Recorded.write(other, "same_20260101_000000", 4, 1);
        Recorded.write(other, "only_20260101_000000", 5, 1);
        site = new Site("--dir", first.toString(), "--dir", other.toString());
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
        try (Stream<Path> files = Files.walk(other.getParent().getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static JsonObject object(String path) throws Exception {
        return Site.json(200, site.get(path)).getAsJsonObject();
    }

    private static int exit(String path) throws Exception {
        return object(path).get("exit_code").getAsInt();
    }

    @Test
    void a_job_is_started_in_the_directory_that_was_asked_for_and_its_address_leads_there() throws Exception {
        HttpResponse<String> answer = site.post("/api/jobs", "{\"repo\": \"other\", \"label\": \"made\", \"sh\": \"pwd\"}");
        JsonObject made = Site.json(201, answer).getAsJsonObject();
        String id = made.get("id").getAsString();
        Await.until("it has ended", () -> Files.exists(other.resolve(id + ".exit")));
        assertEquals(other.getParent() + "\n", Files.readString(other.resolve(id + ".log")));
        Recorded.write(other.getParent().resolveSibling("first/.logs"), id, 9, 1);
        String address = answer.headers().firstValue("Location").orElseThrow();
        assertEquals(0, exit(address), "the same id is in the other directory, too: " + address);
        assertEquals("other", made.get("repo").getAsString());
    }

    @Test
    void a_label_stands_for_its_newest_job_wherever_it_is_and_an_id_for_itself() throws Exception {
        assertEquals(2, exit("/api/jobs/both"));
        assertEquals(1, exit("/api/jobs/both?repo=first"));
        assertEquals(1, exit("/api/jobs/both_20260101_000000"));
        assertEquals(3, exit("/api/jobs/same_20260101_000000"), "the first directory that has it");
        assertEquals(4, exit("/api/jobs/same_20260101_000000?repo=other"));
        assertTrue(site.get("/jobs?repo=other").body().contains("both_20260102"));
    }

    @Test
    void each_job_says_in_which_directory_it_is() throws Exception {
        List<String> told = Site.json(200, site.get("/api/jobs?label=same")).getAsJsonArray().asList().stream()
                .map(job -> job.getAsJsonObject().get("repo").getAsString() + job.getAsJsonObject().get("exit_code")).sorted().toList();
        assertEquals(List.of("first3", "other4"), told);
        assertEquals("other", Site.json(200, site.get("/api/timeline?label=only")).getAsJsonArray().get(0).getAsJsonObject().get("repo").getAsString());
        JsonObject described = object("/api/openapi.json").getAsJsonObject("components").getAsJsonObject("schemas").getAsJsonObject("Job").getAsJsonObject("properties");
        assertEquals(described.keySet(), object("/api/jobs/only").keySet());
        HttpResponse<Stream<String>> events = site.lines(site.request("/api/jobs/only/events").header("Accept", "text/event-stream"));
        try (Stream<String> lines = events.body()) {
            String data = lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
            assertEquals("other", JsonParser.parseString(data.substring(6)).getAsJsonObject().get("repo").getAsString());
        }
    }

    @Test
    void statistics_are_about_all_directories_unless_one_is_asked_for() throws Exception {
        assertEquals(1, object("/api/stats?label=only").getAsJsonObject("total").get("runs").getAsInt());
        assertEquals(2, object("/api/stats?label=same").getAsJsonObject("total").get("runs").getAsInt());
        assertEquals(1, object("/api/stats?label=same&repo=first").getAsJsonObject("total").get("runs").getAsInt());
        JsonObject both = object("/api/stats?label=both").getAsJsonObject("total");
        assertEquals("both_20260102_000000", both.getAsJsonObject("last_failure").get("id").getAsString(), "the newest of all");
        assertEquals(404, site.get("/api/stats?label=only&repo=first").statusCode());
    }
}
