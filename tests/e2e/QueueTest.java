package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import e2e.JobShellsTest.InEveryShell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that share the slots of a queue. */
@Tag("waiting")
class QueueTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** A job in queue q that says its label and ends when its gate opens. */
    private JobRecord run(String label, String... options) {
        List<String> words = new ArrayList<>(List.of("run", label, "--queue", "q"));
        words.addAll(List.of(options));
        words.addAll(List.of("--sh", "echo $BGJOB_LABEL >>order; gate go-$BGJOB_LABEL"));
        return home.started(home.ok(words.toArray(new String[0])));
    }

    private void open(String... labels) {
        for (String label : labels) {
            home.open("go-" + label);
        }
    }

    private List<String> order() {
        try {
            return Files.exists(home.work().resolve("order")) ? Files.readAllLines(home.work().resolve("order")) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void runs(String... labels) {
        Await.until(List.of(labels) + " are the ones that ran, in that order", () -> order().equals(List.of(labels)));
    }

    /** Of jobs that start at once, either may be the first to say so. */
    private void ran(String... labels) {
        Await.until(List.of(labels) + " are the ones that ran", () -> order().stream().sorted().toList().equals(List.of(labels)));
    }

    private JsonObject queue() {
        return JsonParser.parseString(home.ok("queue", "q", "--json")).getAsJsonArray().get(0).getAsJsonObject();
    }

    private List<String> names(String field) {
        return queue().getAsJsonArray(field).asList().stream().map(JsonElement::getAsString).toList();
    }

    @InEveryShell
    void one_runs_at_a_time_by_priority_and_then_in_the_order_submitted(String shell) throws IOException {
        JobShellsTest.use(home, shell);
        run("a");
        run("b");
        run("c");
        run("low", "--priority", "-7");
        run("high", "--priority", "12");
        runs("a");
        open("a", "b", "c", "low", "high");

        runs("a", "high", "b", "c", "low");
        Await.until("nothing is left of them", () -> home.processes().isEmpty());
    }

    @Test
    void a_queued_job_says_its_place_and_has_not_started() {
        run("a").says("");
        JobRecord b = run("b", "--priority", "3");
        JobRecord c = run("c", "--slots", "1");
        JsonObject status = home.status("c");
        JsonObject queue = status.getAsJsonObject("queue");

        assertEquals("queued", status.get("state").getAsString());
        assertTrue(status.get("started_at").isJsonNull() && status.get("duration_seconds").isJsonNull() && !status.get("created_at").isJsonNull());
        assertEquals("place 2 in queue q (1 slot)", status.get("reason").getAsString());
        assertEquals("{\"name\":\"q\",\"slots\":1,\"priority\":0,\"place\":2,\"after\":[],\"waiting_for\":[]}", queue.toString());
        assertEquals(List.of(b.id(), c.id()), names("waiting"));
        String text = home.ok("status", "c");
        assertTrue(text.startsWith("NOT RUNNING label=c pid=" + c.leader().pid() + "\nEXITCODE <unknown yet>"), text);
        assertTrue(text.contains("\nState:     queued\nReason:    place 2 in queue q (1 slot)\nQueue:     q, priority 0\n"), text);
        assertFalse(text.contains("Started:"), text);
        String list = home.ok("list", "--running");
        assertTrue(list.contains(c.id() + "  queued"), list);
        assertEquals(List.of(), c.facts("child_pid"));

        open("a", "b", "c");
        c.ended();
        assertEquals("completed", home.state("c"));
        assertTrue(home.status("c").getAsJsonObject("queue").get("place").isJsonNull());
        assertEquals(1, c.facts("queued").size());
        assertEquals(1, c.facts("started").size());
    }

    @Test
    void more_slots_start_more_at_once_and_fewer_let_those_that_run_end() {
        for (String label : List.of("a", "b", "c", "d", "e")) {
            run(label);
        }
        runs("a");

        assertTrue(home.ok("queue", "q", "--slots", "3").startsWith("q: 3 slots, "));
        ran("a", "b", "c");
        home.ok("queue", "q", "--slots", "1");
        open("a", "b");
        Await.until("two have ended", () -> names("running").size() == 1);
        assertEquals(3, order().size());
        open("c");
        ran("a", "b", "c", "d");
        assertEquals(1, names("waiting").size());
        open("d", "e");
        ran("a", "b", "c", "d", "e");
    }

    @Test
    void slots_given_with_a_later_job_count_for_all() {
        run("a");
        run("b");
        runs("a");
        run("c", "--slots", "2");

        runs("a", "b");
        assertEquals("queued", home.state("c"));
    }

    @InEveryShell
    void a_queued_job_that_is_stopped_never_runs_and_the_next_one_takes_its_place(String shell) throws IOException {
        JobShellsTest.use(home, shell);
        run("a");
        JobRecord b = run("b");
        JobRecord c = run("c");
        run("d");
        runs("a");

        String said = home.ok("stop", "b", "--grace", "20s", "--reason", "not needed");
        home.ok("stop", "c", "--grace", "20s");

        assertTrue(said.contains("stopped (exit 143, signal TERM); sent TERM, nothing of it is left"), said);
        assertEquals("stopped", home.state("b"));
        assertEquals("143", b.exitText());
        assertTrue(home.status("b").get("reason").getAsString().contains("not needed"));
        assertEquals(List.of(), c.facts("started"));
        assertEquals("place 1 in queue q (1 slot)", home.status("d").get("reason").getAsString());
        open("a", "b", "c", "d");
        runs("a", "d");
    }

    @Test
    void TERM_to_a_leader_that_waits_is_told_as_a_stop() {
        run("a");
        JobRecord b = run("b");
        Await.until("it stands in the line", () -> home.state("b").equals("queued"));

        b.leader().signal("TERM");

        assertEquals("143", b.ended().exitText());
        assertEquals("stopped", home.state("b"));
        assertEquals("not run: told to end while it waited", home.status("b").get("reason").getAsString());
    }

    @Test
    void what_cannot_be_done_with_a_queued_job_is_refused_and_what_can_is_done() {
        run("a");
        JobRecord b = run("b");

        assertTrue(home.fails(1, "pause", "b").contains("is queued"));
        assertTrue(home.fails(1, "resume", "b").contains("is queued"));
        home.ok("prune", "--keep", "0");
        assertTrue(Files.exists(b.meta()) && Files.exists(b.script()));
        assertTrue(home.fails(1, "result", "b").contains("it is queued"));
        assertTrue(home.ok("stats").contains("b"));
        home.bgjob("wait", "b", "--timeout", "1s").exits(124).noisy().run();
        var follow = home.bgjob("follow", "b").noisy().start();
        open("a", "b");
        assertEquals("", follow.await().out());
        assertEquals("completed", home.state("b"));
    }

    @Test
    void its_time_counts_from_the_start_and_not_from_the_waiting() {
        run("a");
        JobRecord b = home.started(home.ok("run", "b", "--queue", "q", "--timeout", "1s", "--sh", "gate late || :; exec gate never"));
        home.bgjob("wait", "b", "--timeout", "1500ms").exits(124).noisy().run();
        assertEquals("queued", home.state("b"));
        open("a");

        b.ended();
        assertEquals("timed-out", home.state("b"));
    }

    @Test
    void a_job_that_is_run_again_waits_again() {
        run("a");
        runs("a");
        home.ok("rerun", "a");

        assertEquals("place 1 in queue q (1 slot)", home.status("a").get("reason").getAsString());
        open("a");
        runs("a", "a");
    }

    @Test
    void a_queue_that_is_not_there_is_named_with_near_ones() {
        assertEquals("no queues\n", home.bgjob("queue").noisy().run().err());
        home.ok("queue", "build", "--slots", "2");

        assertTrue(home.fails(1, "queue", "built").contains("build"));
        assertEquals("build: 2 slots, 0 running, 0 waiting\n", home.ok("queue"));
        assertEquals("[]", home.ok("queue", "--json", "--dir", "other").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--queue a/b", "--queue .x", "--slots 2", "--priority 2", "--queue q --slots 0", "--queue q --slots 1001",
        "--queue q --slots x", "--queue q --priority 1001", "--queue q --priority -1001", "--queue q --priority x", "--after a/b", "--after :any"})
    void a_bad_value_is_a_usage_error_that_names_it(String options) {
        List<String> words = new ArrayList<>(List.of("run", "bad"));
        words.addAll(List.of(options.split(" ")));
        words.addAll(List.of("--", "true"));

        String said = home.bgjob(words.toArray(new String[0])).complains(2).run().err();

        String value = options.substring(options.lastIndexOf(' ') + 1);
        assertTrue(said.contains("'" + value + "'") || said.contains("belong to --queue"), said);
        assertFalse(Files.exists(home.logs()));
    }
}
