package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code stop} ends all of a job, and never says so before it is true. */
class StopTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    @Test
    void the_whole_group_ends_and_the_record_says_who_asked_and_why() {
        JobRecord job = home.start("tree", "sh", "-c", "gate never & echo a=$!; sh -c 'gate never & echo b=$!; wait' & wait");
        Proc a = job.told("a");
        Proc b = job.told("b");

        String printed = home.ok("stop", "tree", "--reason", "no longer\nneeded");

        assertFalse(a.alive() || b.alive() || job.leader().alive());
        assertTrue(printed.contains("stopped (exit 143, signal TERM)") && printed.contains("sent TERM, nothing of it is left"),
                printed);
        assertEquals("143", job.exitText());
        assertEquals("TERM", job.fact("stop_signal"));
        assertTrue(job.fact("stop_by").startsWith(System.getProperty("user.name") + " "), job.fact("stop_by"));
        JsonObject status = home.status("tree");
        assertEquals("stopped", status.get("state").getAsString());
        assertTrue(status.get("reason").getAsString().endsWith(": no longer\nneeded"), status.get("reason").getAsString());
    }

    @Test
    void a_job_s_own_exit_status_on_TERM_is_kept() {
        JobRecord job = home.start("clean", "sh", "-c", "trap 'echo bye; exit 3' TERM; echo up;"
                + " while :; do gate never & wait; done").says("up");

        home.ok("stop", "clean");

        assertEquals("3", job.exitText());
        assertEquals(List.of(), job.facts("signal"));
        assertTrue(job.output().endsWith("bye\n"), job.output());
        assertEquals("stopped", home.state("clean"));
    }

    @Test
    void an_ending_that_nobody_recorded_is_not_called_a_KILL_that_nobody_sent() throws IOException {
        JobRecord job = home.start("gone", "sh", "-c", "trap 'exit 7' TERM; echo up; while :; do gate never & wait; done").says("up");
        Path moved = Files.move(home.logs(), home.work().resolve("moved")); // where its leader does not find them

        String printed = home.ok("stop", "gone", "--dir", moved.toString());

        assertTrue(printed.contains(" lost: ") && printed.endsWith("; sent TERM, nothing of it is left\n"), printed);
        assertEquals(List.of(), new JobRecord(moved, job.id()).facts("signal"));
    }

    @Test
    void grace_is_given_before_KILL() {
        JobRecord job = home.start("slow", "sh", "-c", "trap 'echo got it; gate end; exit 0' TERM; echo up;"
                + " while :; do gate never & wait; done").says("up");
        var stopping = home.bgjob("stop", "slow", "--grace", "60s").start();
        job.says("got it");
        assertTrue(stopping.process().alive() && job.leader().alive(), "it is still being stopped");

        home.open("end");

        assertTrue(stopping.await().out().contains("sent TERM, nothing"));
        assertEquals("0", job.exitText());
    }

    @Test
    void what_a_job_starts_to_clean_up_is_left_to_do_its_work() {
        JobRecord job = home.start("careful", "sh", "-c", "trap 'for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.05 || echo hurt; done;"
                + " echo clean; exit 0' TERM; echo up; while :; do gate never & wait; done").says("up");

        home.ok("stop", "careful");

        assertEquals("up\nclean\n", job.output().replace("Terminated\n", ""));
        assertEquals("0", job.exitText());
    }

    @Test
    void another_signal_may_be_named_in_any_spelling() {
        for (String spelling : List.of("KILL", "SIGkill", "9")) {
            JobRecord job = home.start("k", "gate", "never");
            assertTrue(home.ok("stop", job.id(), "--signal", spelling).contains("sent KILL, nothing"));
            assertEquals("137", job.exitText(), "recorded even so");
        }
        JobRecord job = home.start("hup", "gate", "never");
        home.ok("stop", "hup", "--signal", "hup");
        assertEquals("129", job.exitText());
    }

    @Test
    void several_are_stopped_at_once_and_all_stops_all() {
        JobRecord a = home.start("a", "gate", "never");
        JobRecord b = home.start("b", "gate", "never");
        JobRecord c = home.start("c", "gate", "never");

        assertEquals(2, home.ok("stop", "a", "b").lines().count());
        assertTrue(a.exitText().equals("143") && b.exitText().equals("143") && c.leader().alive());
        JobRecord d = home.start("d", "gate", "never");
        var array = JsonParser.parseString(home.ok("stop", "--all", "--json")).getAsJsonArray();
        assertEquals(2, array.size());
        assertEquals("TERM", array.get(0).getAsJsonObject().getAsJsonArray("signals").get(0).getAsString());
        assertTrue(c.exitText().equals("143") && d.exitText().equals("143"));
        assertEquals("nothing is running\n", home.bgjob("stop", "--all").noisy().run().err());
    }

    @Test
    void a_job_that_has_ended_is_said_to_be_over_and_nothing_is_added_to_its_record() {
        JobRecord job = home.start("over", "sh", "-c", "exit 4").ended();

        String printed = home.ok("stop", "over");

        assertTrue(printed.startsWith("not running: " + job.id() + " failed (exit 4)"), printed);
        assertEquals(List.of(), job.facts("stop_signal"));
        assertEquals("failed", home.state("over"));
    }

    @Test
    void an_older_job_of_the_label_that_still_runs_is_mentioned() {
        JobRecord older = home.start("two", "gate", "never");
        home.start("two", "gate", "never");

        var result = home.bgjob("stop", "two").noisy().run();

        assertEquals("note: " + older.id() + " of the same label still runs; stop it by its id\n", result.err());
        assertTrue(older.leader().alive());
    }

    @Test
    void a_name_that_is_unknown_stops_none_of_the_others() {
        JobRecord job = home.start("known", "gate", "never");

        home.fails(1, "stop", "known", "unknown");

        assertTrue(job.leader().alive());
    }
}
