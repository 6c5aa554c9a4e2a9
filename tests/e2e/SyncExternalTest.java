package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.PeerServer;
import bgjob.support.Proc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** docs/examples/sync-external.java against a server with preconditions. */
class SyncExternalTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Example example = new Example(home, "sync-external");
    private final PeerServer server = new PeerServer(0, null);

    @AfterEach
    void close() {
        server.close();
    }

    private Path folder() {
        return home.work().resolve("folder");
    }

    private void here(String name, String text) {
        home.write("folder/" + name, text);
    }

    private void there(String name, String text) {
        server.files().put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> ours() throws IOException {
        Map<String, String> ours = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.endsWith(".synced.json")).toList()) {
                ours.put(folder().relativize(file).toString(), Files.readString(file));
            }
        }
        return ours;
    }

    private Map<String, String> theirs() {
        Map<String, String> theirs = new TreeMap<>();
        server.files().forEach((name, content) -> theirs.put(name, new String(content, StandardCharsets.UTF_8)));
        return theirs;
    }

    private String sync() {
        JobRecord job = example.run(0, server.address(), folder().toString());
        return home.ok("result", job.id(), "--raw");
    }

    @Test
    void both_sides_become_the_same_by_the_rule_and_once_more_changes_nothing() throws Exception {
        for (String name : new String[] {"edited here", "edited there", "removed here", "removed there", "both edited", "edited, removed there",
            "removed here, edited there"}) {
            here(name, name);
        }
        there("\u00fc & 50% #1.txt", "from there");
        server.next("ok", "lose", "503"); // the first file arrives, but its answer does not
        assertEquals("8 changed, 0 not\n", sync());
        assertEquals(ours(), theirs());
        assertEquals(8, ours().size());
        int writes = server.writes();
        assertEquals("0 changed, 8 not\n", sync());
        assertEquals(writes, server.writes());

        here("edited here", "1");
        there("edited there", "2");
        Files.delete(folder().resolve("removed here"));
        server.files().remove("removed there");
        here("both edited", "3 here");
        there("both edited", "3 there");
        here("edited, removed there", "4");
        server.files().remove("edited, removed there");
        Files.delete(folder().resolve("removed here, edited there"));
        there("removed here, edited there", "5");
        assertEquals("7 changed, 1 not\n", sync());

        Map<String, String> expected = new TreeMap<>(Map.of("\u00fc & 50% #1.txt", "from there", "edited here", "1", "edited there", "2",
                "both edited", "3 there", "edited, removed there", "4", "removed here, edited there", "5"));
        assertEquals(expected, theirs());
        expected.put(".conflicts/both edited." + PeerServer.sum("3 here".getBytes(StandardCharsets.UTF_8)).substring(0, 8), "3 here");
        assertEquals(expected, ours());
        assertEquals("0 changed, 6 not\n", sync());
    }

    @Test
    void names_that_lead_elsewhere_are_refused_and_what_was_done_before_a_kill_is_not_done_again() throws Exception {
        there("../outside", "x");
        there(".hidden", "y");
        here("a", "same");
        there("a", "same");
        JobRecord job = example.run(0, server.address(), folder().toString());

        assertEquals("0 changed, 3 not\n", home.ok("result", job.id(), "--raw"));
        assertEquals(Map.of("a", "same"), ours());
        assertEquals(0, server.writes());
        assertTrue(job.output().contains("../outside is no name for a file here"), job.output());
        assertEquals(2, home.status(job.id()).getAsJsonObject("progress").get("failed").getAsJsonArray().size());
    }

    @Test
    void killed_in_the_middle_it_is_simply_run_again_and_one_bad_name_holds_up_no_other() throws Exception {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            here(name, "1");
        }
        sync();
        here("a", "2");
        Files.delete(folder().resolve("b"));
        there("c", "3");
        here("c", "4");
        server.files().remove("d");
        there("n".repeat(250), "x");
        there("folder", "x");
        Files.createDirectory(folder().resolve("folder"));
        server.next("ok", "ok", "lose", "hang"); // the second change is done and its answer lost, and then the server is silent
        JobRecord job = example.start(server.address(), folder().toString());
        Await.until("the server is silent", () -> server.hanging() == 1);
        Proc.signal("KILL", -job.leader().pgid());
        job.leader().awaitEnd();
        assertEquals(Map.of("a", "2", "c", "4", "d", "1"), ours());

        JobRecord again = example.run(0, server.address(), folder().toString());
        Map<String, String> expected = new TreeMap<>(Map.of("a", "2", "c", "3"));
        expected.put(".conflicts/c." + PeerServer.sum("4".getBytes(StandardCharsets.UTF_8)).substring(0, 8), "4");
        assertEquals(expected, ours(), again.output());
        assertEquals(Set.of("a", "c", "folder", "n".repeat(250)), theirs().keySet());
        assertEquals(2, home.status(again.id()).getAsJsonObject("progress").get("failed").getAsJsonArray().size());
        int writes = server.writes();
        assertTrue(sync().startsWith("0 changed, "));
        assertEquals(writes, server.writes());
    }
}
