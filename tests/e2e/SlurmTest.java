package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.Bgjob;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.SlurmCluster;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import docs.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs on a real Slurm cluster of two nodes; what they have in common with local ones is in ScenarioTest. */
@Tag("waiting")
class SlurmTest {
    @RegisterExtension
    static final SlurmCluster CLUSTER = new SlurmCluster(2);

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void use_the_cluster() {
        CLUSTER.serve(home);
    }

    private JobRecord run(String label, String... words) {
        String[] all = new String[words.length + 4];
        System.arraycopy(new String[] {"run", label, "--on", "slurm"}, 0, all, 0, 4);
        System.arraycopy(words, 0, all, 4, words.length);
        return home.started(home.ok(all));
    }

    private JsonObject slurm(String label) {
        return home.status(label).getAsJsonObject("slurm");
    }

    private String scontrol(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "scontrol";
        System.arraycopy(words, 0, all, 1, words.length);
        return home.command(all).run().out();
    }

    /** Puts a program in front of PATH that notes each call of the real one. */
    private Path count(String program) {
        Path calls = home.root().resolve(program + ".calls");
        home.program(program, "echo x >>'" + calls + "'\nexec '" + Tool.need(program) + "' \"$@\"");
        return calls;
    }

    private static long lines(Path file) throws Exception {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    /** @return the fields of {@code slurm} in docs/json.md */
    private static Set<String> documented() {
        return Checkout.matches("(?m)^\\| `slurm\\.(\\w+)`", Checkout.text("docs/json.md"));
    }

    @Test
    void the_record_says_where_it_ran() {
        JobRecord job = run("where", "--", "sh", "-c", "echo $SLURM_JOB_ID");
        assertEquals(1, home.bgjob("wait", "where", "--timeout", "30s").run().lines().size());

        assertEquals("slurm", job.fact("backend"));
        assertEquals(job.fact("slurm_job_id"), job.output().strip());
        assertEquals("main", job.fact("partition"));
        assertTrue(job.fact("node").matches("n[12]"), job.fact("node"));
        assertEquals(job.fact("pid"), job.fact("pgid"));
        assertEquals(job.fact("slurm_job_id"), slurm("where").get("job_id").getAsString());
        assertEquals(documented(), slurm("where").keySet());
        assertTrue(scontrol("show", "job", job.fact("slurm_job_id")).contains("JobName=" + job.id()), "Slurm has it under its id");
    }

    @Test
    void a_job_that_waits_for_its_turn_is_queued_and_a_cancelled_one_was_stopped() {
        JobRecord job = run("later", "--slurm-begin=now+600", "--", "touch", "ran");

        assertEquals("queued", home.state("later"));
        String status = home.ok("status", "later");
        assertTrue(status.startsWith("NOT RUNNING label=later pid=unknown\nEXITCODE <unknown yet>") && status.contains("waits in Slurm's queue: BeginTime"),
                status);
        assertTrue(home.ok("list", "--running").contains("queued"), "it has not ended");
        assertTrue(home.fails(1, "pause", "later").contains("only a job that runs can be paused"));
        home.ok("stop", "later", "--reason", "not needed");

        assertEquals("143", job.exitText());
        assertEquals("stopped", home.state("later"));
        assertFalse(Files.exists(home.work().resolve("ran")));
        assertEquals("143", job.exitText());
    }

    @Test
    void what_somebody_else_cancels_was_stopped_too() {
        JobRecord waits = run("waits", "--slurm-begin=now+600", "--", "true");
        JobRecord runs = run("runs", "--", "sh", "-c", "trap 'exit 0' TERM; echo up; while :; do sleep 0.1; done").says("up");
        home.command("scancel", waits.fact("slurm_job_id"), runs.fact("slurm_job_id")).run();

        assertEquals(143, home.bgjob("wait", "waits", "--timeout", "30s").exits(143).run().code());
        assertEquals(0, home.bgjob("wait", "runs", "--timeout", "30s").run().code());
        assertEquals(List.of("stopped", "stopped"), List.of(home.state("waits"), home.state("runs")));
        assertEquals("Slurm", waits.fact("stop_by"));
        assertEquals("Slurm", waits.fact("ended_by"));
        assertEquals("0", runs.exitText());
        assertTrue(home.status("runs").get("reason").getAsString().contains("Slurm cancelled it"));
    }

    @Test
    void what_slurm_says_to_a_job_is_not_in_its_log() {
        JobRecord job = run("quiet", "--", "sh", "-c", "echo up; exec sleep 100").says("up");
        home.ok("stop", "quiet");

        assertEquals("up\n", job.output());
        Await.until("Slurm's words are kept", () -> home.sh("cat .logs/jobs/quiet_*.slurm").run().out().contains("*** JOB"));
    }

    @Test
    void a_job_that_is_put_back_goes_on_as_its_second_attempt() {
        JobRecord job = run("twice", "--retry", "1", "--", "sh", "-c", "echo try $BGJOB_ATTEMPT; [ $BGJOB_ATTEMPT = 2 ] || exec sleep 100").says("try 1");
        scontrol("requeue", job.fact("slurm_job_id"));

        Await.until("it is queued again", () -> "queued".equals(home.state("twice")));
        assertFalse(Files.exists(job.exit()), "an attempt that Slurm takes back is no ending");
        assertEquals(0, home.bgjob("wait", "twice", "--timeout", "60s").run().code());
        assertEquals("try 1\ntry 2\n", job.output());
        JsonObject status = home.status("twice");
        assertEquals(2, status.get("attempt").getAsInt());
        assertEquals(job.facts("pid").get(1), status.get("pid").getAsString());
    }

    @Test
    void two_nodes_run_two_jobs() {
        run("one", "--slurm-nodelist=n1", "--", "true");
        run("two", "--sbatch", "--nodelist=n2 --comment='a b'", "--", "true");
        home.bgjob("wait", "one", "two", "--timeout", "30s").run();

        assertEquals("n1", slurm("one").get("node").getAsString());
        assertEquals("n2", slurm("two").get("node").getAsString());
        assertEquals("--nodelist=n2 '--comment=a b'", home.job(home.status("two").get("id").getAsString()).fact("options"));
    }

    @Test
    void options_come_from_the_environment_too_and_the_last_one_counts() {
        home.environment().put("BGJOB_SLURM_PARTITION", "small");
        run("env", "--", "true");
        run("own", "--slurm-partition=main", "--", "true");
        home.bgjob("wait", "env", "own", "--timeout", "30s").run();

        assertEquals("small", slurm("env").get("partition").getAsString());
        assertEquals("main", slurm("own").get("partition").getAsString());
    }

    @Test
    void bounds_become_slurms_own() {
        JobRecord job = run("bound", "--slurm-begin=now+600", "--timeout", "90s", "--nice", "7", "--", "true");
        String said = scontrol("show", "job", job.fact("slurm_job_id"), "-o");
        home.ok("stop", "bound");

        assertTrue(said.contains("TimeLimit=00:04:00") && said.contains("Nice=7") && said.contains("Requeue=0"), said);
    }

    @Test
    void many_jobs_take_one_call_of_squeue() throws Exception {
        for (int i = 0; i < 6; i++) {
            run("many", "--slurm-begin=now+600", "--", "true");
        }
        Path calls = count("squeue");
        assertEquals(7, home.bgjob("list").run().lines().size());
        assertEquals(1, lines(calls), "calls of squeue by list");

        Files.delete(calls);
        home.bgjob("wait", "many", "--timeout", "3s").complains(124).run();
        assertTrue(lines(calls) <= 7, "calls of squeue in 3 s of waiting: " + lines(calls));
        Files.delete(calls);
        home.ok("stop", "--all");
        assertEquals(0, home.bgjob("list", "--running").noisy().run().lines().size());
    }

    @Test
    void local_jobs_never_ask_slurm() throws Exception {
        Path squeue = count("squeue");
        Path sbatch = count("sbatch");
        home.start("here", "true").ended();
        home.ok("status", "here");
        home.ok("list");

        assertEquals(0, lines(squeue) + lines(sbatch));
    }

    @Test
    void what_cannot_be_submitted_leaves_nothing_and_says_why() {
        assertTrue(home.fails(1, "run", "x", "--on", "slurm", "--slurm-partition=nix", "--", "true").contains("Invalid partition name specified; `sinfo -s`"));
        assertTrue(home.fails(1, "run", "x", "--on", "slurm", "--slurm-mem=900G", "--", "true").contains("not available; no node has as much: `sinfo -o"));
        assertTrue(home.fails(1, "run", "x", "--on", "slurm", "--slurm-nix=1", "--", "true").endsWith("take it: unrecognized option '--nix=1'"));
        assertTrue(home.fails(2, "rerun", "x", "--slurm-mem=1G").contains("unknown option: '--slurm-mem=1G'"));
        assertTrue(home.fails(2, "run", "x", "--on", "slurm", "--slurm-output=/x", "--", "true").contains("bgjob sets --output itself"));
        assertTrue(home.fails(2, "run", "x", "--slurm-mem=1G", "--", "true").contains("belong to --on slurm"));
        assertTrue(home.fails(2, "run", "x", "--on", "moon", "--", "true").contains("--on 'moon'"));

        assertEquals(List.of(), home.files());
    }

    @Test
    void a_number_that_is_another_jobs_by_now_is_left_alone() {
        JobRecord job = run("mine", "--slurm-begin=now+600", "--", "true");
        String other = home.command("sbatch", "--parsable", "--job-name=other", "--begin=now+600", "--output=/dev/null", "--wrap=true").run().out().strip();
        home.command("scancel", job.fact("slurm_job_id")).run();
        // as if the controller had begun again with its first number, and given it to that job
        home.sh("sed -i 's/^slurm_job_id=.*/slurm_job_id=" + other + "/' .logs/" + job.id() + ".meta").run();

        assertEquals("lost", home.state("mine"));
        assertTrue(home.ok("stop", "mine").contains("not running"), "nothing of it is there to be stopped");
        home.bgjob("wait", "mine").exits(125).noisy().run();
        assertTrue(scontrol("show", "job", other).contains("JobState=PENDING"), "the other one still waits");
        home.command("scancel", other).run();
    }

    @Test
    void every_cancellation_is_bound_to_the_jobs_name() throws Exception {
        JobRecord job = run("bound", "--slurm-begin=now+600", "--", "true");
        scontrol("update", "JobId=" + job.fact("slurm_job_id"), "JobName=other");
        home.program("squeue", "'" + Tool.need("squeue") + "' \"$@\" | sed 's/ other / " + job.id() + " /'"); // it was called so a moment ago
        home.environment().put("SCANCEL_STATE", "RUNNING");
        home.program("scancel", "'" + Tool.need("scancel") + "' \"$@\"; exit 1"); // does it once
        home.bgjob("stop", "bound").exitsAnyhow().noisy().run();
        assertTrue(scontrol("show", "job", job.fact("slurm_job_id")).contains("JobState=PENDING"), "what is called otherwise is another's");

        Files.delete(home.bin().resolve("scancel"));
        scontrol("update", "JobId=" + job.fact("slurm_job_id"), "JobName=" + job.id());
        home.ok("stop", "bound");
        assertEquals("stopped", home.state("bound"));
    }

    @Test
    void processes_left_on_a_node_are_named_with_the_node() {
        JobRecord job = run("leaves", "--slurm-nodelist=n2", "--", "sh", "-c", "gate left & echo up").says("up");
        home.bgjob("wait", "leaves", "--timeout", "30s").noisy().run();

        assertTrue(home.status("leaves").get("reason").getAsString().endsWith("; bgjob cannot end them, as they are on n2"), job.facts("left_process").toString());
        home.open("left");
    }

    @Test
    void a_job_whose_submission_was_killed_is_found_again_or_lost_and_runs_only_once() throws Exception {
        Path pids = home.root().resolve("pid");
        // bgjob dies when Slurm has the job and nobody has noted its number
        home.program("sbatch", "'" + Tool.need("sbatch") + "' --begin=now+2 \"$@\" >/dev/null; kill -KILL $PPID; sleep 1");
        home.bgjob("run", "orphan", "--on", "slurm", "--", "sh", "-c", "echo ran >>" + pids).exitsAnyhow().noisy().run();

        assertEquals("queued", home.state("orphan"));
        assertTrue(slurm("orphan").get("job_id").getAsString().matches("\\d+"), "it is known by its name");
        assertEquals(0, home.bgjob("wait", "orphan", "--timeout", "60s").run().code());
        assertEquals("ran\n", Files.readString(pids));
    }

    /** A program that uses the library; the cluster is named by its environment. */
    public static final class Program {
        private Program() {
        }

        public static void main(String... args) {
            Bgjob jobs = Bgjob.open(Path.of(args[0]));
            JobId id = jobs.submit(JobSpec.builder("lib", "sh", "-c", "echo $SLURM_JOB_ID $SLURM_CPUS_PER_TASK").on("slurm", "--cpus-per-task=1").build());
            Job job = jobs.await(id, Duration.ofSeconds(60));
            System.out.println(job.backend() + " " + job.state().word() + " " + jobs.logs(id, 0).text().equals(job.allocation().id() + " 1\n"));
            JobId later = jobs.submit(JobSpec.builder("later", "true").on("slurm", "--begin", "now+600").build());
            System.out.println(jobs.status(later).state().word() + " " + jobs.stop(later).job().state().word());
        }
    }

    @Test
    void the_library_hands_jobs_over_too() {
        assertEquals(List.of("slurm completed true", "queued stopped"), home.command("java", "-cp", System.getProperty("java.class.path"),
                Program.class.getName(), home.logs().toString()).run().lines());
    }
}
