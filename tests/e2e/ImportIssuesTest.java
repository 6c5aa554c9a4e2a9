package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.PeerServer;
import bgjob.support.Proc;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** docs/examples/import-issues.java against a server that pages, limits, fails and drops. */
class ImportIssuesTest {
    private static final int MANY = 10_000;
    private static final int KILLS = 3;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Example example = new Example(home, "import-issues");

    private Path folder() {
        return home.work().resolve("issues");
    }

    private List<String> imported() throws IOException {
        try (Stream<Path> all = Files.walk(folder())) {
            return all.filter(Files::isRegularFile).map(file -> folder().relativize(file).toString()).sorted().toList();
        }
    }

    private void assertExactly(int issues) throws IOException {
        assertEquals(Stream.iterate(1, n -> n + 1).limit(issues).map(n -> "p" + n % 7 + "/" + n + ".md").sorted().toList(), imported());
        for (int n = 1; n <= issues; n++) {
            assertEquals(PeerServer.issueFile(n), Files.readString(folder().resolve("p" + n % 7 + "/" + n + ".md")));
        }
    }

    @Test
    void killed_at_any_item_it_goes_on_with_nothing_lost_and_nothing_twice() throws Exception {
        Random random = new Random();
        try (PeerServer server = new PeerServer(MANY, null)) {
            JobRecord job = example.start(server.address(), folder().toString());
            int seen = 0;
            for (int i = 0; i < KILLS; i++) {
                JobRecord running = job;
                int from = seen;
                Path saved = job.dir().resolve("jobs/" + job.id() + ".checkpoint/saved.at");
                int more = 1 + random.nextInt(2000);
                Await.until(more + " more issues are there behind " + from, () -> at(saved) >= from + more);
                Proc.signal("KILL", -job.leader().pgid());
                job.leader().awaitEnd();
                assertEquals("lost", home.state(running.id()));
                seen = at(saved);
                job = example.resume();
            }
            example.ended(job, 0);

            assertExactly(MANY);
            assertEquals(MANY + " issues\n", home.ok("result", job.id(), "--raw"));
            assertFalse(Files.exists(job.dir().resolve("jobs/" + job.id() + ".checkpoint")), "the checkpoint is still there");
            long pages = server.requests().size();
            assertTrue(pages <= MANY / 100 + 1 + 2 * KILLS, pages + " pages were asked for");
            assertEquals(MANY, home.status(job.id()).getAsJsonObject("progress").get("current").getAsInt());
            assertTrue(seen > KILLS && seen < MANY, "it was never killed half-way: " + seen);
        }
    }

    private static int at(Path saved) {
        try {
            return Integer.parseInt(Files.readString(saved).split(" ")[0]);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void failures_are_tried_again_and_a_limit_pauses_it_until_the_time_it_names() throws Exception {
        try (PeerServer server = new PeerServer(450, null)) {
            server.next("ok", "503", "502", "ok", "drop", "ok", "429 3600");
            Instant before = Instant.now();
            JobRecord first = example.run(75, server.address(), folder().toString());
            JsonObject status = home.status(first.id());
            String reason = status.get("reason").getAsString();

            assertEquals("paused", status.get("state").getAsString());
            assertTrue(reason.startsWith("rate limited by 127.0.0.1 until "), reason);
            Instant until = Instant.parse(reason.substring(reason.lastIndexOf(' ') + 1));
            assertTrue(until.isAfter(before.plusSeconds(3590)) && until.isBefore(Instant.now().plusSeconds(3610)), reason);
            assertEquals(300, imported().size());
            assertEquals(67, status.getAsJsonObject("progress").get("percent").getAsInt());
            assertTrue(first.output().contains("HTTP 503; once more in 100 ms"), first.output());

            server.next("429 Wed, 21 Oct 2065 07:28:00 GMT");
            example.ended(example.resume(), 75);
            assertTrue(home.status("import-issues").get("reason").getAsString().endsWith("until 2065-10-21T07:28:00Z"));
            JobRecord last = example.ended(example.resume(), 0);
            assertExactly(450);
            assertTrue(last.output().contains("going on behind issue 300\n"), last.output());
            home.command("grep", "-rFl", PeerServer.TOKEN, home.logs().toString()).exits(1).run();
        }
    }

    @Test
    void told_to_end_while_the_server_does_not_answer_it_ends_by_itself_and_goes_on_behind_what_it_has() throws Exception {
        try (PeerServer server = new PeerServer(250, null)) {
            server.next("ok", "hang");
            JobRecord first = example.start(server.address(), folder().toString());
            Await.until("the server is asked for a page and does not answer", () -> server.hanging() == 1);
            String said = home.ok("stop", first.id());

            assertTrue(said.contains("(exit 143") && !said.contains("KILL"), said);
            assertTrue(first.output().contains("the job was told to end; go on with: bgjob resume"), first.output());
            assertEquals(100, imported().size());
            JobRecord second = example.ended(example.resume(), 0);
            assertTrue(second.output().startsWith("going on behind issue 100\n"), second.output());
            assertExactly(250);
        }
    }
}
