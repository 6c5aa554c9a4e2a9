package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far real jobs say they are. */
class ProgressTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private JsonObject progress(String label) {
        var progress = home.status(label).get("progress");
        return progress.isJsonNull() ? null : progress.getAsJsonObject();
    }

    private JsonObject awaitPercent(String label, int percent) {
        return Await.value(label + " is at " + percent + "%: " + home.status(label).get("progress"), () -> {
            JsonObject progress = progress(label);
            return progress != null && !progress.get("percent").isJsonNull() && progress.get("percent").getAsInt() == percent ? progress : null;
        });
    }

    @Test
    void a_job_tells_by_echo_how_far_it_is() {
        var job = home.start("clone", "sh", "-c", "echo 'failed infra adp' >>\"$BGJOB_PROGRESS\"; echo 'phase 1/2 clone' >>\"$BGJOB_PROGRESS\";"
                + " echo '154/245 infra-apo' >>\"$BGJOB_PROGRESS\"; gate on; echo '245/245 last' >>\"$BGJOB_PROGRESS\"; exit 75");

        JsonObject progress = awaitPercent("clone", 63);
        assertEquals(154, progress.get("current").getAsInt());
        assertEquals(245, progress.get("total").getAsInt());
        assertEquals("infra-apo", progress.get("item").getAsString());
        assertEquals("1/2 clone", progress.get("phase").getAsString());
        assertEquals("[\"infra adp\"]", progress.get("failed").toString());
        assertEquals(1, progress.get("failed_count").getAsInt());
        assertEquals("protocol", progress.get("source").getAsString());
        assertTrue(progress.get("rate").getAsDouble() > 0, progress.toString());
        assertTrue(progress.get("eta_seconds").getAsLong() >= 0, progress.toString());
        String line = JobHome.value(home.ok("status", "clone"), "Progress");
        assertTrue(line.startsWith("154/245 (63%) infra-apo, phase 1/2 clone, "), line);
        assertTrue(line.endsWith(", 1 failed: infra adp [protocol]"), line);
        assertTrue(home.ok("list").lines().toList().get(1).contains(" 1/2 clone 63% "), home.ok("list"));

        home.open("on");
        job.ended();
        JsonObject kept = progress("clone");
        assertEquals("paused", home.state("clone"));
        assertEquals(245, kept.get("current").getAsInt());
        assertTrue(kept.get("eta_seconds").isJsonNull());
    }

    @Test
    void overwriting_does_as_well_as_appending() {
        home.start("over", "sh", "-c", "for n in 1 2 3; do echo \"$n/4 step $n\" >\"$BGJOB_PROGRESS\"; done; gate on");
        assertEquals("step 3", awaitPercent("over", 75).get("item").getAsString());
        home.open("on");
    }

    @Test
    void a_run_of_pytest_is_read_from_its_log() {
        Assumptions.assumeTrue(home.command("/usr/bin/python3", "-c", "import pytest").exitsAnyhow().run().code() == 0, "missing tool: pytest");
        Tool.need("python3");
        home.write("test_a.py", "def test_a(): pass\ndef test_b(): pass\ndef test_c(): pass\n");
        home.write("test_b.py", "import os, time\ndef test_d():\n    while not os.path.exists('on'): time.sleep(0.02)\n");
        home.start("tests", "/usr/bin/python3", "-m", "pytest", "-p", "no:cacheprovider");

        JsonObject progress = awaitPercent("tests", 75);
        assertEquals("pytest", progress.get("source").getAsString());
        assertEquals("test_a.py", progress.get("item").getAsString());
        home.open("on");
    }

    @Test
    void what_says_nothing_is_estimated_from_earlier_runs() {
        home.start("again", "sh", "-c", "gate first").id();
        assertFalse(home.ok("status", "again").contains("Progress:"));
        Await.until("it took a while", () -> home.status("again").get("duration_seconds").getAsDouble() > 0.3);
        home.open("first");
        home.ok("wait", "again");
        home.start("again", "sh", "-c", "gate second");

        JsonObject progress = Await.value("there is an estimate", () -> progress("again"));
        assertEquals("history", progress.get("source").getAsString());
        assertTrue(progress.get("percent").getAsInt() < 100);
        assertTrue(progress.get("current").isJsonNull());
        JsonObject overdue = awaitPercent("again", 99);
        assertTrue(overdue.get("eta_seconds").isJsonNull() || overdue.get("eta_seconds").getAsInt() == 0, overdue.toString());
        Await.until("it says that it takes longer", () -> home.ok("status", "again").contains("~99%, longer than usual [estimated from earlier runs]"));
        home.open("second");
    }

    @Test
    void followed_into_a_pipe_progress_is_plain_lines_beside_the_output() {
        home.start("steps", "sh", "-c", "echo out; echo '1/4 a' >>\"$BGJOB_PROGRESS\"; gate one; echo '2/4 b' >>\"$BGJOB_PROGRESS\"; gate two;"
                + " echo '4/4 d' >>\"$BGJOB_PROGRESS\"");
        var following = home.bgjob("follow", "steps", "--progress").noisy().start();
        Await.until("the first step is told", () -> following.err().contains("steps: 1/4 (25%) a"));
        home.open("one");
        Await.until("the second step is told", () -> following.err().contains("steps: 2/4 (50%) b"));
        home.open("two");

        var result = following.await();
        assertEquals("out\n", result.out());
        assertTrue(result.err().contains("steps: 4/4 (100%) d"), result.err());
        assertFalse(result.err().contains("\u001b"), result.err());
    }

    @Test
    void a_watched_list_is_printed_again_as_it_changes() {
        home.start("steps", "sh", "-c", "echo '1/4 a' >>\"$BGJOB_PROGRESS\"; gate one; echo '2/4 b' >>\"$BGJOB_PROGRESS\"; gate two");
        awaitPercent("steps", 25);
        var watching = home.bgjob("list", "--watch").exits(143).start().says(" 25% ");
        home.open("one");
        watching.says(" 50% ");
        home.open("two");
        watching.says(" completed ");
        watching.process().signal("TERM");

        List<String> heads = watching.await().lines().stream().filter(line -> line.startsWith("ID ")).toList();
        assertEquals(3, heads.size(), "one table for each change");
    }

    @Test
    void options_that_do_not_go_together_are_named() {
        home.start("x", "true");
        assertTrue(home.fails(2, "follow", "x", "--progress", "--json").contains("--progress does not go with --json"));
        assertTrue(home.fails(2, "list", "--watch", "--json").contains("--watch does not go with --json"));
        assertTrue(home.fails(2, "list", "--watch", "-q").contains("--watch does not go with --quiet"));
    }
}
