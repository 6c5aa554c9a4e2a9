package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.SlurmCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits, and what is many, on a real Slurm cluster: dependencies, partitions as queues, batches as arrays. */
@Tag("waiting")
class SlurmQueueTest {
    @RegisterExtension
    static final SlurmCluster CLUSTER = new SlurmCluster(2, "PriorityType=priority/basic");

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void use_the_cluster() {
        CLUSTER.serve(home);
    }

    private JobRecord started(String... call) {
        return home.started(home.ok(call));
    }

    private JobRecord batch(int items, int slots, String command) {
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= items; i++) {
            list.append("item ").append(i).append('\n');
        }
        home.write("list", list.toString());
        return started("batch", "many", "--on", "slurm", "--slots", Integer.toString(slots), "--from", "list", "--sh", command);
    }

    private int waits(String label, int status) {
        return home.bgjob("wait", label, "--timeout", "90s").exits(status).noisy().run().code();
    }

    @Test
    void a_job_waits_for_another_one_to_be_completed_or_to_end() {
        started("run", "first", "--on", "slurm", "--", "sh", "-c", "gate first; exit 3");
        JobRecord ok = started("run", "ok", "--on", "slurm", "--after", "first", "--", "touch", "ok.ran");
        JobRecord any = started("run", "any", "--on", "slurm", "--after", "first:any", "--", "touch", "any.ran");
        assertEquals(List.of("queued", "queued"), List.of(home.state("ok"), home.state("any")));
        assertTrue(home.status("ok").get("reason").getAsString().contains("Dependency"));
        home.open("first");

        assertEquals(0, waits("any", 0));
        assertEquals(126, waits("ok", 126));
        assertEquals("stopped", home.state("ok"));
        assertTrue(home.status("ok").get("reason").getAsString().startsWith("not run: "), ok.facts("not_run").toString());
        assertFalse(Files.exists(home.work().resolve("ok.ran")));
        assertTrue(Files.exists(home.work().resolve("any.ran")));
        assertEquals("0", any.exitText());
    }

    @Test
    void one_that_was_stopped_was_not_completed_even_if_it_ended_with_0() {
        started("run", "polite", "--on", "slurm", "--", "sh", "-c", "trap 'exit 0' TERM; echo up; while :; do sleep 0.1; done").says("up");
        started("run", "next", "--on", "slurm", "--after", "polite", "--", "touch", "ran");
        home.ok("stop", "polite");

        assertEquals(126, waits("next", 126));
        assertFalse(Files.exists(home.work().resolve("ran")));
    }

    @Test
    void what_has_ended_is_judged_by_its_record() {
        started("run", "good", "--on", "slurm", "--", "true");
        started("run", "bad", "--on", "slurm", "--", "false");
        home.bgjob("wait", "good", "bad").exits(1).noisy().run();
        CLUSTER.does("wipe"); // Slurm knows neither any more

        started("run", "after-good", "--on", "slurm", "--after", "good", "--", "true");
        String said = home.ok("run", "after-bad", "--on", "slurm", "--after", "bad", "--", "true");
        assertFalse(said.contains("Started") || said.contains("PID"), said);
        assertTrue(said.contains("Not run:   " + home.status("bad").get("id").getAsString() + " failed\n"), said);
        assertFalse(home.ok("status", "after-bad").contains(" yet"), "it will have no number");
        assertEquals(0, waits("after-good", 0));
        assertEquals(126, waits("after-bad", 126));
    }

    @Test
    void one_that_is_lost_was_not_completed_though_slurm_has_forgotten_it() {
        JobRecord gone = started("run", "gone", "--on", "slurm", "--", "sh", "-c", "echo up; exec sleep 100").says("up");
        gone.leader().signal("KILL");
        Await.until("it is lost", () -> "lost".equals(home.state("gone")));
        CLUSTER.does("wipe"); // an unknown number is one that was completed, to Slurm

        started("run", "ok", "--on", "slurm", "--after", "gone", "--", "touch", "ok.ran");
        started("run", "any", "--on", "slurm", "--after", "gone:any", "--", "touch", "any.ran");
        assertEquals(126, waits("ok", 126));
        assertEquals("stopped", home.state("ok"));
        assertEquals("not run: " + gone.id() + " ended without a record of its ending", home.status("ok").get("reason").getAsString());
        assertEquals(0, waits("any", 0));
        assertFalse(Files.exists(home.work().resolve("ok.ran")));
        assertTrue(Files.exists(home.work().resolve("any.ran")));
    }

    @Test
    void a_job_waits_for_those_of_its_own_place_only() {
        home.start("here", "true").ended();
        String said = home.fails(2, "run", "there", "--on", "slurm", "--after", "here", "--", "true");

        assertTrue(said.contains("runs on local, and this job on slurm"), said);
    }

    @Test
    void what_slurm_has_suspended_goes_on_or_is_stopped() {
        JobRecord job = started("run", "held", "--on", "slurm", "--", "sh", "-c", "echo up; gate held").says("up");
        home.command("scontrol", "suspend", job.fact("slurm_job_id")).run();
        Await.until("it is suspended", () -> "paused".equals(home.state("held")));
        home.ok("resume", "held");
        assertEquals("running", home.state("held"));

        home.command("scontrol", "suspend", job.fact("slurm_job_id")).run();
        Await.until("it is suspended", () -> "paused".equals(home.state("held")));
        home.program("scontrol", "echo 'Access/permission denied for job 9' >&2; exit 1"); // as to one who is no operator
        assertTrue(home.fails(1, "resume", "held").contains("denied for job 9; ask an operator of the cluster for `scontrol resume " + job.fact("slurm_job_id")));
        assertTrue(home.ok("stop", "held").contains("nothing of it is left"));
        assertEquals("stopped", home.state("held"));
    }

    @Test
    void a_queue_is_a_partition() {
        started("run", "named", "--on", "slurm", "--queue", "small", "--", "true");
        home.environment().put("BGJOB_SLURM_QUEUES", "fast=small,slow=main");
        started("run", "mapped", "--on", "slurm", "--queue", "fast", "--priority", "-5", "--", "true");
        home.bgjob("wait", "named", "mapped").run();

        for (String label : List.of("named", "mapped")) {
            assertEquals("small", home.status(label).getAsJsonObject("slurm").get("partition").getAsString());
        }
        assertTrue(home.fails(2, "run", "x", "--on", "slurm", "--queue", "small", "--slots", "2", "--", "true").contains("--slots has no meaning on slurm"));
    }

    @Test
    void a_batch_of_100_items_is_an_array_with_so_many_tasks_at_a_time() throws Exception {
        JobRecord job = batch(100, 12, "echo {} on $SLURMD_NODENAME; [ {} != 'item 7' ]");
        assertEquals(123, waits("many", 123));

        assertEquals("failed", home.state("many"));
        assertEquals("1 of 100 items failed", home.status("many").get("reason").getAsString());
        Set<String> said = new HashSet<>();
        for (String line : job.output().split("\n")) {
            assertTrue(said.add(line), "twice: " + line);
        }
        assertEquals(101, said.size(), "each item's output, and what is said of the one that failed");
        Path folder = home.logs().resolve("jobs/" + job.id() + ".batch");
        assertEquals(100, Files.readAllLines(folder.resolve("results")).size());
        String array = home.command("scontrol", "show", "job", job.fact("slurm_array") + "_3").run().out();
        assertTrue(array.contains("JobName=" + job.id() + ".items") && array.contains("ArrayTaskThrottle=12"), array);
        assertTrue(home.ok("logs", "many", "--item", "7").startsWith("item 7 on n"));

        home.ok("rerun", "many", "--failed");
        assertEquals(123, waits("many", 123));
        assertEquals("1 of 1 items failed", home.status("many").get("reason").getAsString());
    }

    @Test
    void a_batch_is_stopped_as_a_whole() {
        JobRecord job = batch(20, 3, "echo up {}; exec sleep 100");
        Await.until("it runs", () -> "running".equals(home.state("many")));
        home.ok("stop", "many");

        assertEquals("stopped", home.state("many"));
        assertEquals("143", job.exitText());
        assertTrue(home.status("many").get("reason").getAsString().contains("items failed"), home.status("many").toString());
        assertEquals("", home.command("squeue", "--me", "-h").run().out());
    }

    @Test
    void a_batch_of_which_nothing_has_begun_is_stopped_too() {
        started("run", "before", "--on", "slurm", "--", "sh", "-c", "echo up; exec sleep 100").says("up");
        home.write("list", "1\n2\n3\n");
        for (String option : List.of("--slurm-hold", "--slurm-begin=now+600", "--after=before")) {
            JobRecord job = started("batch", "many", "--on", "slurm", option, "--from", "list", "--", "touch");
            String said = home.ok("stop", "many");

            assertTrue(said.contains("nothing of it is left"), option + ": " + said);
            assertEquals("stopped", home.state("many"), option);
            assertEquals("143", job.exitText(), option);
        }
        home.ok("stop", "before");
        Await.until("Slurm has nothing of either", () -> home.command("squeue", "--me", "-h").run().out().isEmpty());
    }

    @Test
    void a_batch_runs_as_long_as_its_array_does() {
        JobRecord job = batch(6, 2, "trap '' TERM; echo up {}; gate go"); // only KILL ends it
        Await.until("it runs", () -> "running".equals(home.state("many")));
        home.command("scancel", job.fact("slurm_job_id")).run(); // the job behind it alone

        Await.until("it is cancelled", () -> home.command("squeue", "-h", "-t", "all", "-j", job.fact("slurm_job_id"), "-o", "%T").run().out().contains("CANCELLED"));
        assertEquals("running", home.state("many"));
        assertTrue(home.status("many").get("reason").getAsString().contains("Slurm's array " + job.fact("slurm_array")));
        assertTrue(home.ok("status", "many").contains("array " + job.fact("slurm_array")));
        home.ok("stop", "many", "--grace", "1s");
        assertEquals("stopped", home.state("many"));
        assertEquals("", home.command("squeue", "--me", "-h").run().out());
    }

    @Test
    void a_batch_that_waits_for_a_job_that_fails_is_not_run() {
        started("run", "first", "--on", "slurm", "--", "sh", "-c", "gate first; exit 3");
        home.write("list", "1\n2\n");
        started("batch", "many", "--on", "slurm", "--after", "first", "--from", "list", "--", "touch");
        assertEquals("queued", home.state("many"));
        home.open("first");

        assertEquals(126, waits("many", 126));
        assertEquals("stopped", home.state("many"));
        assertTrue(home.status("many").get("reason").getAsString().startsWith("not run: "), home.status("many").toString());
    }

    @Test
    void a_batch_whose_array_somebody_else_cancels_was_stopped() {
        JobRecord job = batch(6, 2, "echo up {}; exec sleep 100");
        Await.until("it runs", () -> "running".equals(home.state("many")));
        home.command("scancel", job.fact("slurm_array")).run();

        assertEquals(143, waits("many", 143));
        assertEquals("stopped", home.state("many"));
        assertEquals("Slurm", job.fact("stop_by"));
    }

    @Test
    void an_item_whose_task_was_killed_is_lost_and_the_others_are_not() {
        JobRecord job = batch(4, 4, "[ {} != 'item 2' ] || kill -KILL $PPID; echo {}");
        assertEquals(123, waits("many", 123));

        assertTrue(home.status("many").get("reason").getAsString().contains("1 did not run to an end"), home.status("many").toString());
        assertEquals("3", job.fact("items_ok"));
    }

    @Test
    void a_job_runs_again_at_its_commit_on_a_node_and_a_cancelled_ones_worktree_goes_with_its_record() {
        home.makeRepository(home.work());
        home.write("file.txt", "changed\n");
        started("run", "old", "--on", "slurm", "--snapshot", "--", "sh", "-c", "cat file.txt; pwd");
        home.bgjob("wait", "old", "--timeout", "30s").run();
        home.write("file.txt", "later\n");
        JobRecord again = home.started(home.ok("rerun", "old", "--at-commit"));
        home.bgjob("wait", "old", "--timeout", "30s").run();
        assertEquals("changed\n" + home.logs().resolve("jobs/" + again.id() + ".worktree") + "\n", again.output());
        Await.until("the leader has removed it", () -> home.sh("git worktree list").run().lines().size() == 1);

        started("run", "late", "--on", "slurm", "--snapshot", "--slurm-begin=now+600", "--", "true");
        JobRecord never = home.started(home.ok("rerun", "late", "--at-commit"));
        home.ok("stop", "--all");
        home.ok("prune", never.id());
        assertEquals(1, home.sh("git worktree list").run().lines().size());
    }
}
