package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.HostileNames;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code pause}, {@code resume} and {@code rerun}. */
class AgainTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private JobRecord run(String... words) {
        return home.started(home.ok(words));
    }

    @Test
    void a_paused_job_stands_still_with_all_its_processes_and_runs_on_when_resumed() throws IOException {
        JobRecord job = run("run", "count", "--sh", "while :; do echo x; sleep 0.02; done");
        Await.until("it counts", () -> job.output().length() > 4);

        home.ok("pause", "count");
        assertEquals("paused", home.state("count"));
        long held = Files.size(job.log());
        assertTrue(home.ok("status", "count").startsWith("RUNNING label=count"), "its processes are there");
        assertEquals(held, Files.size(job.log()));

        home.ok("resume", "count");
        assertEquals("running", home.state("count"));
        Await.until("it counts on", () -> size(job) > held);
        home.ok("pause", "count");
        home.ok("stop", "count");
        assertEquals("stopped", home.state("count"));
    }

    private static long size(JobRecord job) {
        return job.output().length();
    }

    @Test
    void what_cannot_be_paused_or_resumed_is_named_and_left_alone() {
        run("run", "done", "--", "true").ended();
        JobRecord running = run("run", "busy", "--", "gate", "never");

        assertTrue(home.bgjob("pause", "done").complains(1).run().err().contains("is completed; only a job that runs can be paused"));
        assertTrue(home.bgjob("resume", "done").complains(1).run().err().contains("was completed; to run it again: bgjob rerun done_"));
        assertTrue(home.bgjob("resume", "busy").complains(1).run().err().contains("is running; there is nothing to resume"));
        assertTrue(home.bgjob("pause", "nobody").complains(1).run().err().contains("no job 'nobody'"));
        assertTrue(running.leader().alive());
        home.ok("stop", "busy");
    }

    @Test
    void one_can_stay_with_a_job_that_runs_again_or_goes_on() {
        JobRecord first = run("run", "tries", "--sh", "echo try $BGJOB_ATTEMPT; exit 7").ended();

        String waited = home.bgjob("rerun", "tries", "--wait").exits(7).run().out();
        assertTrue(waited.startsWith("Started:   tries\nId:        tries_"), waited);
        JsonObject ended = JsonParser.parseString(home.bgjob("rerun", "tries", "--wait", "--json").exits(7).run().out()).getAsJsonObject();
        assertEquals("failed", ended.get("state").getAsString());
        assertEquals("try 1\n", home.bgjob("rerun", "tries", "--follow").noisy().run().out());
        assertEquals("try 2\n", home.bgjob("resume", "tries", "-f", "--wait").exits(7).noisy().run().out());
        assertTrue(home.bgjob("resume", first.id(), "--follow", "--json").complains(2).run().err().contains("exclude each other"));

        JobRecord held = run("run", "held", "--", "gate", "go");
        home.ok("pause", "held");
        home.open("go");
        assertEquals(held.id() + " runs on\n", home.ok("resume", "held", "--wait"));
        assertEquals("completed", home.state("held"));
    }

    @Test
    void what_was_resumed_is_not_resumed_again_beside_that() {
        JobRecord first = run("run", "once", "--", "sh", "-c", "exit 75").ended();
        JobRecord again = run("rerun", "once").ended();
        assertTrue(home.ok("resume", first.id()).startsWith("Started:"), "to run it again is not to go on with it: " + again.id());
        String second = home.status("once").get("id").getAsString();

        String said = home.bgjob("resume", first.id()).complains(1).run().err();
        assertTrue(said.contains("was already resumed, as " + second), said);
    }

    @Test
    void of_several_that_resume_a_job_at_once_one_goes_on_with_it() throws IOException {
        JobRecord first = run("run", "crowd", "--", "sh", "-c", "exit 75").ended();
        home.sh("for i in 1 2 3 4; do (" + JobHome.CHECKOUT + "/bgjob resume " + first.id() + " >out$i 2>&1; echo $? >>codes) & done; wait").run();

        assertEquals(List.of("0", "1", "1", "1"), Files.readAllLines(home.work().resolve("codes")).stream().sorted().toList());
    }

    @Test
    void what_can_no_longer_be_run_again_is_no_mistake_on_the_command_line() throws IOException {
        Files.createDirectory(home.work().resolve("sub"));
        run("run", "moved", "--cwd", "sub", "--", "true").ended();
        Files.delete(home.work().resolve("sub"));

        assertTrue(home.bgjob("rerun", "moved").complains(1).run().err().contains("/sub' is no directory any more"));
        assertTrue(home.bgjob("rerun", "moved", "--at-commit").complains(1).run().err().contains("has no recorded commit"));
    }

    @Test
    void a_job_that_paused_itself_goes_on_with_its_checkpoint_until_it_is_done() {
        String work = "n=$(cat $BGJOB_CHECKPOINT/n 2>/dev/null || echo 0); n=$((n + 1)); echo $n >$BGJOB_CHECKPOINT/n;"
                + " echo $n of 3, attempt $BGJOB_ATTEMPT; [ $n = 3 ] || exit 75";
        JobRecord first = run("run", "steps", "--sh", work).ended();
        assertEquals("paused", home.state("steps"));

        JobRecord second = run("resume", "steps").ended();
        JobRecord third = run("resume", "steps").ended();

        assertEquals("1 of 3, attempt 1\n2 of 3, attempt 2\n3 of 3, attempt 3\n", first.output() + second.output() + third.output());
        assertEquals("completed", home.state("steps"));
        assertEquals("paused", home.state(first.id()), "an old record stays as it was");
        assertEquals(List.of(second.id()), third.facts("parent"));
        assertEquals(first.id(), home.status(second.id()).get("parent").getAsString());
        assertFalse(home.files().contains("jobs/" + first.id() + ".checkpoint"), home.files().toString());
    }

    @Test
    void a_job_that_paused_itself_says_why_if_it_left_a_reason() {
        run("run", "limit", "--sh", "echo 'rate limit until 06:00' >$BGJOB_RESULT; echo more >>$BGJOB_RESULT; exit 75").ended();
        run("run", "silent", "--sh", "exit 75").ended();

        assertEquals("rate limit until 06:00", home.status("limit").get("reason").getAsString());
        assertTrue(home.ok("status", "limit").contains("\nReason:    rate limit until 06:00\n"));
        assertTrue(home.status("silent").get("reason").isJsonNull());
    }

    @Test
    void a_lost_job_goes_on_from_its_checkpoint_and_not_while_processes_of_it_live() {
        JobRecord job = run("run", "crash", "--sh", "echo here >$BGJOB_CHECKPOINT/at; echo up; gate never").says("up");
        job.leader().signal("KILL");
        Await.until("it is lost", () -> home.state("crash").equals("lost"));

        assertTrue(home.bgjob("resume", "crash").complains(1).run().err().contains("end them first: bgjob stop crash_"));
        home.ok("stop", "crash");
        JobRecord next = home.started(home.ok("resume", "crash"));

        Await.until("the checkpoint is the new job's", () -> Files.exists(home.logs().resolve("jobs/" + next.id() + ".checkpoint/at")));
        home.ok("stop", "crash");
    }

    @Test
    void the_same_runs_again_with_arguments_directory_variables_and_bounds() throws IOException {
        Files.createDirectories(home.work().resolve("sub dir"));
        List<String> words = new ArrayList<>(List.of("run", "again", "--cwd", "sub dir", "--env", "ODD=two\nlines'", "--nice", "1", "--timeout", "1h", "--retry",
                "2", "--retry-on", "9", "--on-exit", "echo it's over", "--", "sh", "-c", "pwd; printf '%s\\n' \"$ODD\"; nice; shift; printf '<%s>' \"$@\"", "sh", "0"));
        words.addAll(HostileNames.arguments());
        words.add("\n# recipe: cwd / -- false\n");
        JobRecord first = run(words.toArray(new String[0])).ended();
        Await.until("the hook has run", () -> !first.facts("on_exit_status").isEmpty());

        JobRecord second = run("rerun", "again").ended();
        Await.until("the hook has run", () -> !second.facts("on_exit_status").isEmpty());
        JobRecord third = run("rerun", first.id()).ended();
        Await.until("the hook has run", () -> !third.facts("on_exit_status").isEmpty());

        assertEquals(first.output(), second.output());
        assertEquals(first.output(), third.output());
        assertEquals(first.facts("cmd"), third.facts("cmd"));
        assertEquals(first.facts("timeout"), third.facts("timeout"));
        assertEquals(List.of(first.id()), second.facts("parent"));
        assertEquals(List.of(first.id()), third.facts("parent"));
    }

    @Test
    void without_a_script_that_says_so_nothing_runs_again() throws IOException {
        JobRecord job = run("run", "old", "--", "true").ended();
        var script = home.logs().resolve("jobs/" + job.id() + ".sh");
        Files.writeString(script, Files.readString(script).replace("# recipe: ", "# "));
        assertTrue(home.bgjob("rerun", "old").complains(1).run().err().contains("does not say how " + job.id() + " was run"));
        Files.delete(script);
        assertTrue(home.bgjob("rerun", "old").complains(1).run().err().contains("no such file or directory"));
        assertEquals(1, home.ok("list", "--all", "--quiet").lines().count());
    }
}
