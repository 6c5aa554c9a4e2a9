package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.SlurmCluster;
import bgjob.support.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What breaks in a Slurm cluster, and what bgjob says then: the truth, or that it cannot tell; never "running" for ever, never "done" by mistake. */
@Tag("waiting")
class SlurmFaultsTest {
    @RegisterExtension
    static final SlurmCluster CLUSTER = new SlurmCluster(2);

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void use_the_cluster() {
        CLUSTER.serve(home);
        CLUSTER.does("start", "ctld");
    }

    private JobRecord run(String label, String option, String... command) {
        String[] all = new String[command.length + 6];
        System.arraycopy(new String[] {"run", label, "--on", "slurm", option, "--"}, 0, all, 0, 6);
        System.arraycopy(command, 0, all, 6, command.length);
        return home.started(home.ok(all));
    }

    private JobRecord gated(String label, String option) {
        return run(label, option, "sh", "-c", "echo up; gate " + label + "; exit 3").says("up");
    }

    /** @return for how many seconds Slurm has run it */
    private int age(JobRecord job) {
        String[] parts = home.command("squeue", "-h", "-j", job.fact("slurm_job_id"), "-o", "%M").run().out().strip().split(":");
        return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    }

    private String reason(String label) {
        return home.status(label).get("reason").getAsString();
    }

    private int waits(String label, int status) {
        return home.bgjob("wait", label, "--timeout", "60s").exits(status).noisy().run().code();
    }

    @Test
    void without_a_controller_nothing_is_guessed_and_nothing_is_lost() {
        JobRecord runs = gated("runs", "--slurm-nodelist=n1");
        JobRecord waits = run("waits", "--slurm-begin=now+600", "true");
        CLUSTER.does("stop", "ctld");

        var text = home.bgjob("status", "runs").start(); // each takes until Slurm's programs give up
        var stop = home.bgjob("stop", "runs").complains(125).start();
        var more = home.bgjob("run", "more", "--on", "slurm", "--", "true").complains(1).start();
        var json = home.bgjob("status", "runs", "--json").noisy().start();
        assertTrue(reason("waits").contains("when last heard of, it was queued at"));
        String status = text.await().out();
        assertTrue(status.startsWith("CANNOT TELL label=runs") && status.contains("Slurm's controller does not answer")
                && status.contains("when last heard of, it was running on n1 since"), status);
        assertTrue(json.await().out().contains("\"silent\": true"));
        assertTrue(stop.await().err().contains("cannot stop " + runs.id() + ": Slurm's controller does not answer"));
        String refused = more.await().err();
        assertTrue(refused.contains("Unable to contact slurm controller") && refused.contains("nothing of it is left"), refused);
        assertTrue(home.files().stream().noneMatch(name -> name.contains("more_")), home.files().toString());
        var waiting = home.bgjob("wait", "runs").exits(3).start();
        var bounded = home.bgjob("wait", "waits", "--timeout", "3s").complains(124).start();

        home.open("runs");

        assertEquals(3, waiting.await().code(), "its own ending needs no controller");
        assertEquals("failed", home.state("runs"));
        assertEquals(124, bounded.await().code());
        CLUSTER.does("start", "ctld");
        assertEquals("queued", home.state("waits"));
        home.ok("stop", "waits");
        assertEquals("stopped", home.state("waits"));
        assertEquals("143", waits.exitText());
    }

    @Test
    void patience_has_an_end() {
        gated("soon", "--slurm-nodelist=n1");
        home.environment().put("BGJOB_SLURM_PATIENCE", "0");
        CLUSTER.does("stop", "ctld");
        String said = home.bgjob("wait", "soon").exits(125).noisy().run().err();
        CLUSTER.does("start", "ctld");

        assertTrue(said.contains("does not answer"), said);
        home.ok("stop", "soon");
    }

    @Test
    void a_job_whose_slurmd_was_killed_records_its_own_ending() {
        JobRecord job = gated("alone", "--slurm-nodelist=n1");
        CLUSTER.does("kill", "n1");
        home.open("alone");

        assertEquals(3, waits("alone", 3));
        CLUSTER.does("start", "n1");
        assertEquals("failed", home.state("alone"));
        assertEquals("3", job.exitText());
    }

    @Test
    void a_job_whose_node_failed_is_lost() {
        JobRecord job = gated("power", "--slurm-nodelist=n1");
        Await.until("it is old enough for slurmctld to miss it at once", () -> age(job) > 6);
        CLUSTER.does("crash", "n1");
        CLUSTER.does("start", "n1");

        assertEquals(125, waits("power", 125));
        assertEquals("lost", home.state("power"));
        assertTrue(reason("power").contains("Slurm says NODE_FAIL"), reason("power"));
        assertEquals("NODE_FAIL", job.fact("slurm_state"));
        assertFalse(Files.exists(job.exit()));
        CLUSTER.does("wipe");
        assertTrue(reason("power").contains("NODE_FAIL"), "it is known without the controller: " + reason("power"));
    }

    @Test
    void a_job_whose_leader_was_killed_is_lost() {
        JobRecord job = gated("bereft", "--slurm-nodelist=n1");
        job.leader().signal("KILL");

        assertEquals(125, waits("bereft", 125));
        assertTrue(reason("bereft").contains("Slurm says FAILED"), reason("bereft"));
    }

    @Test
    void what_slurm_has_forgotten_is_lost_and_an_ending_once_seen_is_kept() {
        run("seen", "--slurm-begin=now+600", "true");
        JobRecord unseen = run("unseen", "--slurm-begin=now+600", "true");
        home.command("scancel", home.status("seen").getAsJsonObject("slurm").get("job_id").getAsString()).run();
        Await.until("it is cancelled", () -> "stopped".equals(home.state("seen")));
        CLUSTER.does("wipe");
        home.sh("rm -f \"$0\"/log/jobcomp", CLUSTER.apart().getParent().toString()).run();

        assertEquals("stopped", home.state("seen"));
        assertEquals("lost", home.state("unseen"));
        assertTrue(reason("unseen").contains("Slurm no longer knows job " + unseen.fact("slurm_job_id")), reason("unseen"));
        assertEquals(125, waits("unseen", 125));
    }

    @Test
    void slurms_own_time_limit_times_a_job_out() {
        JobRecord job = run("limit", "--slurm-time=1", "sh", "-c", "echo up; exec sleep 200").says("up");
        home.command("scontrol", "update", "JobId=" + job.fact("slurm_job_id"), "EndTime=now").run();

        assertEquals(143, waits("limit", 143));
        assertEquals("timed-out", home.state("limit"));
        assertEquals("143", job.exitText());
    }

    @Test
    void a_limit_of_slurms_is_told_from_the_jobs_own() {
        JobRecord job = home.started(home.ok("run", "both", "--on", "slurm", "--timeout", "10m", "--slurm-time=1", "--", "sleep", "200"));
        home.bgjob("wait", "both", "--timeout", "90s").exits(143).noisy().run();

        assertEquals("timed-out", home.state("both"));
        assertEquals("its scheduler's time limit was up", reason("both"));
        assertEquals("Slurm", job.fact("timeout_by"));
    }

    @Test
    void a_directory_that_a_node_does_not_share_is_named_as_the_cause() {
        Path there = CLUSTER.apart().resolve("logs");
        home.environment().put("BGJOB_DIR", there.toString());
        home.ok("run", "far", "--on", "slurm", "--slurm-nodelist=n2", "--", "true");
        String said = home.bgjob("wait", "far", "--timeout", "60s").exits(125).noisy().run().err();

        assertTrue(said.contains("its script did not begin on n2; is its directory on a file system that all nodes share?"), said);
        assertEquals("lost", home.state("far"));
    }

    @Test
    void a_directory_that_the_nodes_of_a_batch_do_not_share_is_named_too() {
        home.environment().put("BGJOB_DIR", CLUSTER.apart().resolve("logs").toString());
        home.write("list", "1\n2\n");
        home.ok("batch", "far", "--on", "slurm", "--slurm-nodelist=n2", "--from", "list", "--", "true");

        assertEquals(123, waits("far", 123));
        assertEquals("0 of 2 items failed, 2 did not run to an end; Slurm says of its tasks: 2 FAILED, none of which began; is its directory on a file"
                + " system that all nodes share?", reason("far"));
    }

    @Test
    void a_batch_on_a_node_that_is_cut_off_says_so() {
        home.write("list", "1\n2\n");
        JobRecord job = home.started(home.ok("batch", "cut", "--on", "slurm", "--slurm-nodelist=n1", "--from", "list", "--sh", "echo up; gate cut"));
        Await.until("it runs", () -> "running".equals(home.state("cut")));
        CLUSTER.does("stop", "n1"); // what runs there goes on

        assertEquals(123, waits("cut", 123));
        assertEquals("0 of 2 items failed, 2 did not run to an end; Slurm says of its tasks: 2 NODE_FAIL", reason("cut"));
        home.open("cut");
        Await.until("its items have ended all the same", () -> home.ok("result", "cut", "--json").contains("\"completed\": 2"));
        CLUSTER.does("start", "n1");
        assertEquals("123", job.exitText());
    }

    @Test
    void without_sbatch_a_sentence_says_so() {
        home.sh("for f in /bin/* /usr/bin/*; do case $f in */sbatch) ;; *) ln -s \"$f\" ../bin/ 2>/dev/null ;; esac; done; true").run();
        String said = home.bgjob("run", "x", "--on", "slurm", "--", "true").env("PATH", home.bin().toString()).complains(1).run().err();

        assertTrue(said.contains("there is no Slurm here to run a job on: sbatch is not on PATH"), said);
    }

    @Test
    void a_job_that_was_given_up_runs_nothing_when_slurm_starts_it_all_the_same() {
        // Slurm takes it, but bgjob is told that it did not
        home.program("sbatch", "'" + Tool.need("sbatch") + "' \"$@\" >number; echo 'sbatch: error: site says no' >&2; exit 1");
        String said = home.fails(1, "run", "ghost", "--on", "slurm", "--", "touch", "ran");

        assertTrue(said.endsWith("site says no"), said);
        assertEquals(List.of(), home.files().stream().filter(name -> !name.endsWith(".slurm")).toList());
        String number = home.sh("cat number").run().out().strip();
        Await.until("it has ended in Slurm", () -> home.command("scontrol", "show", "job", number).run().out().contains("JobState=FAILED"));
        assertFalse(Files.exists(home.work().resolve("ran")));
    }
}
