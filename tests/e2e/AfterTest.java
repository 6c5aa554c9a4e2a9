package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import e2e.JobShellsTest.InEveryShell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that wait for other jobs to end. */
@Tag("waiting")
class AfterTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private JobRecord after(String label, String... targets) {
        java.util.ArrayList<String> words = new java.util.ArrayList<>(List.of("run", label));
        for (String target : targets) {
            words.addAll(List.of("--after", target));
        }
        words.addAll(List.of("--", "echo", "ran"));
        return home.started(home.ok(words.toArray(new String[0])));
    }

    private String reason(String label) {
        return home.status(label).get("reason").getAsString();
    }

    @InEveryShell
    void it_starts_when_all_have_been_completed(String shell) throws IOException {
        JobShellsTest.use(home, shell);
        JobRecord a = home.start("a", "gate", "go-a");
        JobRecord b = home.start("b", "gate", "go-b");
        JobRecord c = after("c", "a", "b:any");
        JobRecord d = after("d", a.id() + ":ok");

        assertEquals("waits for " + a.id() + " to be completed, " + b.id() + " to end", reason("c"));
        assertEquals("{\"name\":null,\"slots\":null,\"priority\":null,\"place\":null,\"after\":[{\"id\":\"" + a.id() + "\",\"condition\":\"ok\"},{\"id\":\""
                + b.id() + "\",\"condition\":\"any\"}],\"waiting_for\":[\"" + a.id() + "\",\"" + b.id() + "\"]}", home.status("c").get("queue").toString());
        home.open("go-a");
        assertEquals("ran\n", d.ended().output());
        assertEquals("queued", home.state("c"));
        home.open("go-b");
        assertEquals("ran\n", c.ended().output());
        assertEquals("completed", home.state("c"));
        Await.until("nothing is left of them", () -> home.processes().isEmpty());
    }

    @Test
    void what_has_ended_already_is_not_waited_for() {
        home.start("a", "true").ended();

        assertEquals("ran\n", after("b", "a").ended().output());
    }

    @InEveryShell
    void after_another_ending_it_never_runs_and_says_why(String shell) throws IOException {
        JobShellsTest.use(home, shell);
        JobRecord a = home.start("a", "sh", "-c", "gate go; exit 3");
        JobRecord b = after("b", "a");
        JobRecord c = after("c", "b");
        JobRecord any = after("any", "a:any");
        home.open("go");

        b.ended();
        c.ended();
        assertEquals("126", b.exitText());
        assertEquals("stopped", home.state("b"));
        assertEquals("not run: " + a.id() + " ended failed, exit 3", reason("b"));
        assertEquals("not run: " + b.id() + " ended stopped, exit 126", reason("c"));
        assertEquals("", b.output());
        assertEquals("ran\n", any.ended().output());
        assertTrue(home.ok("result", "b").contains("ended failed, exit 3"));
        assertEquals(126, home.bgjob("wait", "b").exits(126).noisy().run().code());
    }

    @Test
    void a_job_that_was_stopped_was_not_completed_whatever_its_exit_status() {
        JobRecord a = home.start("a", "sh", "-c", "trap 'exit 0' TERM; echo ready; while :; do gate never & wait; done").says("ready");
        after("b", "a");
        home.ok("stop", "a");

        assertEquals("0", a.exitText());
        home.bgjob("wait", "b").exits(126).noisy().run();
        assertEquals("not run: " + a.id() + " ended stopped, exit 0", reason("b"));
    }

    @InEveryShell
    void a_target_that_is_killed_is_no_success_but_an_ending(String shell) throws IOException {
        JobShellsTest.use(home, shell);
        JobRecord a = home.start("a", "gate", "never");
        JobRecord ok = after("ok", "a");
        JobRecord any = after("any", "a:any");
        a.leader().signal("KILL");

        ok.ended();
        assertEquals("not run: " + a.id() + " ended without a record of its ending", reason("ok"));
        assertEquals("ran\n", any.ended().output());
        home.ok("stop", "a");
    }

    @Test
    void its_label_names_the_job_before_it_and_run_again_the_newest() {
        JobRecord first = home.start("x", "gate", "go");
        JobRecord second = after("x", "x");
        JobRecord third = home.started(home.ok("rerun", "x"));

        assertEquals(List.of(first.id() + ":ok"), second.facts("after"));
        assertEquals(List.of(second.id() + ":ok"), third.facts("after"));
        home.open("go");
        assertEquals("ran\n", third.ended().output());
    }

    @Test
    void an_unknown_target_starts_nothing() {
        home.start("tests", "true").ended();
        List<String> before = home.files();

        String said = home.fails(1, "run", "deploy", "--after", "test", "--", "true");

        assertTrue(said.contains("--after test") && said.contains(": no job 'test'") && said.contains("tests"), said);
        assertEquals(before, home.files());
    }

    @Test
    void a_job_that_is_waited_for_is_not_pruned() {
        home.start("gate", "gate", "go");
        JobRecord done = home.start("done", "true").ended();
        JobRecord free = home.start("free", "true").ended();
        JobRecord b = after("b", "gate", "done");
        home.ok("prune", "--keep", "0");
        assertFalse(Files.exists(free.meta()));

        assertTrue(Files.exists(done.meta()), "it is looked at when the first one has ended");
        home.open("go");
        assertEquals("ran\n", b.ended().output());
        home.ok("prune", "--keep", "0");
        assertEquals(List.of(), home.files());
    }

    @Test
    void it_takes_its_place_in_the_queue_when_there_is_nothing_else_to_wait_for() {
        home.start("a", "gate", "go-a");
        home.ok("run", "holder", "--queue", "q", "--", "gate", "go-holder");
        JobRecord b = home.started(home.ok("run", "b", "--after", "a", "--queue", "q", "--", "echo", "ran"));

        assertTrue(reason("b").endsWith("to be completed, then for a slot of queue q (1 slot)"), reason("b"));
        home.open("go-a");
        Await.until("it stands in the line", () -> reason("b").equals("place 1 in queue q (1 slot)"));
        home.open("go-holder");
        assertEquals("ran\n", b.ended().output());
    }
}
