package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bounds a job, and what happens at its end, is done by its own shell. */
@Tag("waiting")
class LimitsTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private JobRecord run(String... words) {
        return home.started(home.ok(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash"})
    void a_job_whose_time_is_up_ends_with_all_its_processes(String shell) {
        home.environment().put("BGJOB_SH", shell);
        JobRecord job = run("run", "late", "--timeout", "1s", "--", "sh", "-c", "gate never & echo a=$!; wait");
        Proc child = job.told("a");

        job.ended();

        assertEquals("timed-out", home.state("late"));
        assertEquals("143", job.exitText());
        assertEquals(List.of("TERM"), job.facts("timeout_signal"));
        assertFalse(child.alive());
        assertTrue(home.status("late").get("reason").getAsString().contains("its time of 1.0s was up"));
        Await.until("nothing is left of it", () -> home.processes().isEmpty());
    }

    @Test
    @Fault(value = "TERM ignored", promise = "so does `--timeout`, and the leader records the ending")
    void what_ignores_TERM_is_killed_after_the_grace_and_the_leader_still_records() {
        JobRecord job = run("run", "deaf", "--timeout", "1s", "--grace", "1s", "--sh", "trap '' TERM; gate never; gate never");

        job.ended();

        assertEquals("137", job.exitText());
        assertEquals("KILL", job.fact("signal"));
        assertEquals("timed-out", home.state("deaf"));
        Await.until("nothing is left of it", () -> home.processes().isEmpty());
    }

    @Test
    void a_job_that_is_faster_than_its_time_leaves_no_watcher() {
        run("run", "fast", "--timeout", "1h", "--", "true").ended();

        assertEquals("completed", home.state("fast"));
        Await.until("the watcher and its sleep have gone", () -> home.processes().isEmpty());
    }

    @Test
    void it_is_tried_again_until_it_succeeds_and_each_attempt_knows_its_number() {
        JobRecord job = run("run", "flaky", "--retry", "3", "--retry-delay", "0s", "--sh", "echo try $BGJOB_ATTEMPT; [ $BGJOB_ATTEMPT = 3 ]").ended();

        assertEquals("completed", home.state("flaky"));
        assertEquals(3, home.status("flaky").get("attempt").getAsInt());
        assertEquals("try 1\n\n--- bgjob: attempt 2, after exit 1 ---\ntry 2\n\n--- bgjob: attempt 3, after exit 1 ---\ntry 3\n", job.output());
        assertEquals(List.of("1", "1"), job.facts("attempt_exit"));
        assertEquals(List.of("2", "3"), job.facts("attempt"));
    }

    @Test
    void each_attempt_begins_its_progress_anew() {
        home.ok("run", "steps", "--retry", "1", "--retry-delay", "0", "--sh", "[ $BGJOB_ATTEMPT = 1 ] || gate go;"
                + " for i in 1 2; do echo $i/2 item$i >>$BGJOB_PROGRESS; done; echo failed bad >>$BGJOB_PROGRESS; [ $BGJOB_ATTEMPT = 2 ]");
        Await.until("it is tried again", () -> home.status("steps").get("attempt").getAsInt() == 2);
        Await.until("nothing is done yet", () -> home.status("steps").get("progress").isJsonNull()
                || !home.status("steps").getAsJsonObject("progress").get("source").getAsString().equals("protocol"));
        home.open("go");
        home.ok("wait", "steps");
        assertEquals("1", home.status("steps").getAsJsonObject("progress").get("failed_count").getAsString());
    }

    @Test
    void it_is_given_up_after_so_many_attempts_and_only_the_named_statuses_count() {
        JobRecord all = run("run", "never", "--retry", "2", "--retry-delay", "0s", "--sh", "echo x; exit 9").ended();
        JobRecord other = run("run", "other", "--retry", "2", "--retry-delay", "0s", "--retry-on", "75,3", "--sh", "echo x; exit 4").ended();
        JobRecord listed = run("run", "listed", "--retry", "1", "--retry-delay", "0s", "--retry-on", "75,3", "--sh", "echo x; exit 75").ended();

        assertEquals("9", all.exitText());
        assertEquals(3, all.output().lines().filter("x"::equals).count());
        assertEquals(1, other.output().lines().filter("x"::equals).count());
        assertEquals(2, listed.output().lines().filter("x"::equals).count());
        assertEquals("paused", home.state("listed"));
    }

    @Test
    void a_job_that_waits_for_its_next_attempt_says_so_and_can_be_stopped() {
        JobRecord job = run("run", "wait", "--retry", "3", "--retry-delay", "1h", "--sh", "exit 7");
        Await.until("the first attempt has ended", () -> !job.facts("attempt_exit").isEmpty());

        String reason = home.status("wait").get("reason").getAsString();
        home.ok("stop", "wait");

        assertTrue(reason.startsWith("the last attempt ended with 7 at ") && reason.endsWith("the next begins 3600 s later"), reason);
        assertEquals("stopped", home.state("wait"));
        assertEquals("7", job.exitText());
        Await.until("nothing is left of it", () -> home.processes().isEmpty());
    }

    @Test
    void a_stop_is_no_failure_to_be_tried_again() {
        JobRecord job = run("run", "stop", "--retry", "3", "--retry-delay", "0s", "--", "gate", "never");
        home.ok("stop", "stop");

        assertEquals("143", job.ended().exitText());
        assertEquals(List.of(), job.facts("attempt_exit"));
    }

    @Test
    void each_attempt_has_its_time() {
        JobRecord job = run("run", "both", "--timeout", "1s", "--retry", "1", "--retry-delay", "0s", "--sh",
                "[ $BGJOB_ATTEMPT = 2 ] || gate never").ended();

        assertEquals("completed", home.state("both"));
        assertEquals(List.of("143"), job.facts("attempt_exit"));
    }

    @Test
    void the_niceness_is_that_asked_for() {
        int own = Integer.parseInt(run("run", "own", "--", "nice").ended().output().strip());
        int nicer = Integer.parseInt(run("run", "nicer", "--nice", "3", "--", "nice").ended().output().strip());

        assertEquals(own + 3, nicer);
    }

    @Test
    void what_is_to_be_done_at_the_end_is_done_once_after_the_ending_and_recorded() {
        JobRecord job = run("run", "hook", "--on-exit", "echo \"hook of $BGJOB_LABEL: $BGJOB_EXIT\"; cat \"$BGJOB_DIR/$BGJOB_ID.exit\"; exit 5", "--sh",
                "exit 3").ended();
        Await.until("the hook's ending is recorded", () -> !job.facts("on_exit_status").isEmpty());

        assertEquals("hook of hook: 3\n3\n", job.output());
        assertEquals(List.of("5"), job.facts("on_exit_status"));
        assertEquals("failed", home.state("hook"));
        Await.until("its status is told", () -> home.status("hook").get("on_exit_status").toString().equals("5"));
        assertTrue(home.ok("status", "hook").contains("\nOn exit:   what --on-exit asked for ended with 5\n"));
    }

    @Test
    void what_is_to_be_done_at_the_end_is_done_when_the_job_is_stopped_too() {
        JobRecord job = run("run", "hook", "--on-exit", "echo hook $BGJOB_EXIT", "--", "gate", "never");
        home.ok("stop", "hook");
        Await.until("the hook's ending is recorded", () -> !job.facts("on_exit_status").isEmpty());

        assertEquals("hook 143\n", job.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--timeout 0", "--timeout x", "--grace 5s", "--nice 20", "--nice x", "--retry 0", "--retry -1", "--retry 1 --retry-on 0",
        "--retry 1 --retry-on 256", "--retry 1 --retry-on a", "--retry-delay 5s", "--retry-on 3", "--retry 1 --retry-delay -5"})
    void a_bad_bound_is_a_usage_error_that_names_it(String options) {
        List<String> words = new java.util.ArrayList<>(List.of("run", "bad"));
        words.addAll(List.of(options.split(" ")));
        words.addAll(List.of("--", "true"));

        String said = home.bgjob(words.toArray(new String[0])).complains(2).run().err();

        String value = options.substring(options.lastIndexOf(' ') + 1);
        assertTrue(said.contains(value) || said.contains("belong"), said);
        assertEquals(List.of(), home.files());
    }
}
