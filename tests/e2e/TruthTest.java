package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What bgjob says of a job is so, or it says that it cannot tell. */
class TruthTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** A record like another's, of the year 2020, with some facts changed and no ending. */
    private JobRecord copy(JobRecord job, String label, Map<String, String> changes) throws IOException {
        StringBuilder meta = new StringBuilder();
        for (String line : Files.readAllLines(job.meta())) {
            String key = line.substring(0, line.indexOf('='));
            if (!List.of("signal", "uptime_end", "ended", "exit").contains(key)) {
                meta.append(changes.containsKey(key) ? key + "=" + changes.get(key) : line).append('\n');
            }
        }
        JobRecord copy = home.job(label + "_20200101_000000");
        home.write(".logs/" + copy.id() + ".meta", meta.toString());
        home.write(".logs/" + copy.id() + ".log", "");
        home.write(".logs/" + copy.id() + ".pid", changes.getOrDefault("pid", job.fact("pid")) + "\n");
        return copy;
    }

    @Test
    @Fault(value = "pid used again", promise = "the job is `lost`, and the other process is not touched")
    void a_process_that_got_a_job_s_old_pid_is_never_taken_for_it() throws IOException {
        JobRecord ended = home.start("tests", "true").ended();
        home.command(Tool.need("setsid"), "sh", "-c", "echo $$ >pid.new; mv pid.new pid; exec gate never").start();
        Await.until("the other process runs", () -> Files.exists(home.work().resolve("pid")));
        Proc other = new Proc(Long.parseLong(Files.readString(home.work().resolve("pid")).strip()));
        String pid = Long.toString(other.pid());
        assertEquals(other.pid(), other.pgid(), "it leads a group, as a job would");
        copy(ended, "reused", Map.of("pid", pid, "pgid", pid));

        assertEquals("lost", home.state("reused"));
        assertTrue(home.ok("status", "reused").startsWith("NOT RUNNING label=reused pid=" + pid + "\n"));
        assertEquals("", home.ok("list", "--running", "--quiet"));
        assertTrue(home.ok("stop", "reused").startsWith("not running: "));
        assertEquals("nothing is running\n", home.bgjob("stop", "--all", "--signal", "KILL").noisy().run().err());
        home.bgjob("wait", "reused").exits(125).noisy().run();
        assertTrue(other.alive(), "the other process is not touched");
    }

    @Test
    void a_label_never_means_one_that_only_begins_like_it() {
        JobRecord unit = home.start("tests_unit", "gate", "never");
        home.start("tests_20200101_000000", "gate", "never");

        home.fails(1, "status", "tests");
        home.fails(1, "stop", "tests");
        home.fails(1, "list", "tests_");
        assertTrue(unit.leader().alive());
        JobRecord tests = home.start("tests", "sh", "-c", "exit 4").ended();
        assertEquals(List.of(tests.id()), home.bgjob("list", "tests", "--quiet").run().lines());
        assertEquals(tests.log() + "\n", home.ok("latest", "tests"));
    }

    @Test
    void a_running_job_is_never_shown_with_an_older_one_s_exit_code() {
        home.start("tests", "sh", "-c", "exit 3").ended();
        JobRecord newer = home.start("tests", "gate", "never");

        List<String> lines = home.bgjob("status", "tests").run().lines();

        assertEquals("RUNNING label=tests pid=" + newer.leader().pid(), lines.get(0));
        assertEquals("EXITCODE <unknown yet> (no .exit file found)", lines.get(1));
    }

    @Test
    void every_job_has_a_group_and_session_of_its_own() {
        Proc self = new Proc(ProcessHandle.current().pid());
        Proc first = home.start("a", "gate", "never").leader();
        Proc second = home.start("b", "gate", "never").leader();

        assertNotEquals(first.pgid(), second.pgid());
        assertNotEquals(first.sid(), second.sid());
        for (Proc leader : List.of(first, second)) {
            assertNotEquals(self.pgid(), leader.pgid());
            assertNotEquals(self.sid(), leader.sid());
        }
    }

    @Test
    @Fault(value = "KILL of the leader", promise = "what outlives it is named, and `stop` ends it")
    void children_that_outlive_a_killed_leader_are_named_and_can_be_stopped() {
        JobRecord job = home.start("orphans", "sh", "-c", "gate never & echo child=$!; wait");
        Proc child = job.told("child");
        job.leader().signal("KILL");
        job.leader().awaitEnd();

        String printed = home.ok("status", "orphans");

        assertTrue(printed.matches("(?s).*\nState: +lost\nReason: .* was killed, or could not write; \\d processes of it still run\n.*"), printed);
        assertTrue(printed.contains("Survivor:  " + child.pid() + " (group " + job.fact("pgid") + "): "), printed);
        assertTrue(home.ok("stop", "orphans").contains("nothing of it is left"));
        assertFalse(child.alive());
        assertEquals("lost", home.state("orphans"), "how it ended is still not known");
    }

    @Test
    @Fault(value = "record files", promise = "a damaged record of an earlier job keeps nothing from being told of the label's newest")
    void a_damaged_record_hides_no_other_job() throws IOException {
        JobRecord earlier = home.start("tests", "true").ended();
        Files.delete(earlier.meta());
        Files.createDirectory(earlier.meta());
        JobRecord job = home.start("tests", "gate", "end");

        assertTrue(home.ok("status", "tests").startsWith("RUNNING label=tests pid=" + job.leader().pid()));
        assertTrue(home.ok("list").contains(job.id() + "  running"));
        home.open("end");
    }

    @Test
    @Fault(value = "left the group", promise = "a process in a session of its own is found and stopped")
    void a_child_that_left_for_another_session_is_found_and_stopped() {
        JobRecord job = home.start("escape", "sh", "-c",
                Tool.need("setsid") + " sh -c 'echo first=$$; gate never' &"
                        + " (setsid sh -c 'echo second=$$; exec gate never' &) ; wait");
        Proc first = job.told("first");
        Proc second = job.told("second");
        assertNotEquals(job.leader().sid(), first.sid(), "it has left");
        assertNotEquals(job.leader().sid(), second.sid());

        assertTrue(home.ok("stop", "escape").contains("nothing of it is left"));

        assertFalse(first.alive() || second.alive());
    }

    @Test
    @Fault(value = "into the background by itself", promise = "the ending is the command's own, and `stop` ends what it left")
    void a_command_that_leaves_a_process_behind_has_ended_and_stop_ends_the_rest() {
        JobRecord job = home.start("daemon", "sh", "-c", Tool.need("setsid") + " gate never & echo child=$!").ended();
        Proc child = job.told("child");
        assertEquals("completed", home.state("daemon"));
        assertTrue(child.alive());

        String printed = home.ok("stop", "daemon");

        assertTrue(printed.contains("nothing of it is left"), printed);
        assertFalse(child.alive());
        assertEquals("completed", home.state("daemon"), "how it ended stays as recorded");
        assertEquals("0", job.exitText());
    }

    @Test
    void a_job_started_by_a_job_is_another_job() {
        JobRecord outer = home.start("outer", "sh", "-c", "bgjob run inner -- gate never; echo started; gate never")
                .says("started");
        JobRecord inner = home.job(home.status("inner").get("id").getAsString());
        Proc innerLeader = inner.leader();

        home.ok("stop", "outer");

        assertEquals("143", outer.exitText());
        assertTrue(innerLeader.alive(), "the inner job goes on");
        assertEquals("running", home.state("inner"));
        assertNotEquals(outer.fact("pgid"), inner.fact("pgid"));
    }

    @Test
    void a_job_is_refused_to_stop_itself() {
        JobRecord job = home.start("self", "sh", "-c", "bgjob stop self; echo status=$?; gate end");
        assertEquals(1, job.told("status").pid());

        assertTrue(job.output().contains("from inside itself"), job.output());
        assertEquals("running", home.state("self"));
        home.open("end");
        assertEquals("0", job.ended().exitText());
        assertEquals("completed", home.state("self"), "the stop that was refused leaves no trace");
    }

    @Test
    @Fault(value = "held by STOP", promise = "`paused`; it goes on after CONT, and `stop` ends it")
    void a_job_held_by_a_signal_is_paused_and_can_go_on_or_be_stopped() {
        JobRecord job = home.start("held", "sh", "-c", "echo command=$$; gate never");
        Proc command = job.told("command");
        Proc.signal("STOP", -job.leader().pgid());
        Await.until("the leader is held", () -> job.leader().state().equals("T"));

        assertEquals("paused", home.state("held"));
        assertTrue(home.ok("list", "--running", "--quiet").contains(job.id()), "it has not ended");
        Proc.signal("CONT", -job.leader().pgid());
        Await.until("the leader goes on", () -> !job.leader().state().equals("T"));
        assertEquals("running", home.state("held"));
        Proc.signal("STOP", -job.leader().pgid());
        Await.until("the leader is held", () -> job.leader().state().equals("T"));

        String printed = home.ok("stop", "held");

        assertTrue(printed.contains("sent TERM, CONT, nothing"), printed);
        assertEquals("143", job.exitText());
        assertFalse(command.alive());
    }

    @Test
    @Fault(value = "reboot", promise = "a job of another boot without an ending is `lost`; `stop` sends nothing")
    void after_a_restart_of_the_machine_a_job_without_ending_is_lost() throws IOException {
        JobRecord running = home.start("tests", "gate", "never");
        copy(running, "before", Map.of("boot_id", "11111111-2222-3333-4444-555555555555"));

        JsonObject status = home.status("before");

        assertEquals("lost", status.get("state").getAsString());
        assertEquals("the machine was restarted while it ran", status.get("reason").getAsString());
        assertTrue(home.ok("stop", "before").startsWith("not running: "));
        home.bgjob("wait", "before").exits(125).noisy().run();
        assertTrue(running.leader().alive(), "whatever has its pid now is not touched");
    }

    @Test
    @Fault(value = "another host or container", promise = "cannot tell, and `stop` refuses")
    void what_runs_on_another_machine_or_in_another_container_cannot_be_told() throws IOException {
        JobRecord running = home.start("tests", "gate", "never");
        copy(running, "away", Map.of("boot_id", "11111111-2222-3333-4444-555555555555", "host", "elsewhere"));
        copy(running, "boxed", Map.of("pid_ns", "pid:[1]"));

        for (String label : List.of("away", "boxed")) {
            JsonObject status = home.status(label);
            assertTrue(status.get("state").isJsonNull() && status.get("exit_code").isJsonNull(), status.toString());
            assertTrue(home.ok("status", label).startsWith("CANNOT TELL label=" + label + " pid="));
            assertTrue(status.get("reason").getAsString().contains(label.equals("away") ? "elsewhere" : "pid:[1]"));
            assertTrue(home.fails(125, "stop", label).contains("cannot stop " + label));
            home.bgjob("wait", label).exits(125).noisy().run();
        }
        assertTrue(running.leader().alive());
    }
}
