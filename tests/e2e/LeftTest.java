package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that leaves processes behind is no plain success. */
class LeftTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private JobRecord run(String... words) {
        return home.started(home.ok(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox", "ksh93", "mksh", "zsh", "yash"})
    void what_stays_in_the_group_and_what_leaves_it_is_counted_named_and_not_ended(String shell) {
        String path = Tool.need(shell);
        home.environment().put("BGJOB_SH", shell.equals("busybox") ? home.program("ash", "exec " + path + " ash \"$@\"").toString() : path);
        JobRecord job = run("run", "daemon", "--sh", "gate never & echo a=$!; setsid sleep 600 & echo b=$!; exit 0");
        Proc stays = job.told("a");
        Proc leaves = job.told("b");

        job.ended();

        assertEquals("0", job.exitText());
        assertEquals(List.of("2"), job.facts("left"));
        assertTrue(job.facts("left_process").contains(leaves.pid() + " sleep"), job.facts("left_process").toString());
        assertTrue(stays.alive() && leaves.alive());
        JsonObject status = home.status("daemon");
        assertEquals("completed", status.get("state").getAsString());
        assertEquals(2, status.get("left_processes").getAsInt());
        List<Long> living = status.getAsJsonArray("survivors").asList().stream().map(e -> e.getAsJsonObject().get("pid").getAsLong()).toList();
        assertTrue(living.contains(stays.pid()) && living.contains(leaves.pid()), living.toString());
    }

    @Test
    void every_way_of_asking_says_so_and_stop_ends_them() {
        JobRecord job = run("run", "daemon", "--sh", "sleep 600 & echo a=$!; exit 0");
        Proc left = job.told("a");
        job.ended();
        String sentence = ", left 1 process";

        assertTrue(home.ok("status", "daemon").contains("State:     completed (exit 0)" + sentence + "\nReason:    it left a process running"
                + " when it ended: " + left.pid() + " sleep; bgjob stop ends what still runs\nSurvivor:  " + left.pid()));
        assertTrue(home.ok("list").contains("completed" + sentence));
        assertTrue(home.ok("wait", "daemon").contains(sentence));
        assertTrue(home.ok("result", "daemon").contains(sentence));
        assertTrue(home.bgjob("follow", "daemon").noisy().run().err().contains(sentence));

        String stopped = home.ok("stop", "daemon");

        assertTrue(stopped.contains("; sent TERM, nothing of it is left"), stopped);
        assertFalse(left.alive());
        JsonObject status = home.status("daemon");
        assertEquals("completed", status.get("state").getAsString(), "its ending stays what it was");
        assertEquals(1, status.get("left_processes").getAsInt());
        assertEquals(0, status.getAsJsonArray("survivors").size());
    }

    @Test
    void what_ends_in_a_moment_and_what_stop_ends_is_not_left() {
        JobRecord tail = run("run", "tail", "--sh", "sleep 0.05 & exit 0").ended();
        JobRecord stopped = run("run", "stopped", "--sh", "(trap 'sleep 1; exit' TERM; gate never) & echo a=$!; exec gate never");
        Proc slow = stopped.told("a");
        home.ok("stop", "stopped");

        assertEquals(List.of(), tail.facts("left"));
        assertEquals(List.of(), stopped.facts("left"));
        assertFalse(slow.alive());
        assertEquals("stopped", home.state("stopped"));
    }

    @Test
    void another_job_started_by_a_job_is_not_left_by_it() {
        JobRecord outer = run("run", "outer", "--sh", "bgjob run inner -- gate never; exit 0").ended();

        assertEquals(List.of(), outer.facts("left"));
        assertEquals("running", home.state("inner"));
        home.ok("stop", "inner");
    }

    @Test
    void a_long_job_s_leavings_are_found_among_all_processes() {
        // after a hundred process ids the leader has to look at all of them
        JobRecord job = run("run", "busy", "--sh", "i=0; while [ $i -lt 120 ]; do /bin/true; i=$((i + 1)); done; (exec sleep 600) & exit 3").ended();
        Await.until("its ending is there", () -> job.exitText() != null);

        assertEquals(List.of("1"), job.facts("left"));
        assertEquals("failed", home.state("busy"));
        home.ok("stop", "busy");
    }
}
