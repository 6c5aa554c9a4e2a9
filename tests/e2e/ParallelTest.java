package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many at once do not get in each other's way. */
class ParallelTest {
    private static final int RUNS = 50;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @Test
    @Fault(value = "many at once", promise = "as many ids, each record whole, and `list` sees none half made")
    void fifty_runs_of_one_label_make_fifty_whole_records_and_list_sees_none_half_made() {
        List<CliRun.Live> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(home.bgjob("run", "same", "--", "sh", "-c", "echo content of $0; exit $0", Integer.toString(i)).start());
        }
        List<String> seen = new ArrayList<>();
        while (runs.stream().anyMatch(run -> run.process().alive())) {
            for (JsonElement job : JsonParser.parseString(home.ok("list", "--all", "--json")).getAsJsonArray()) {
                JsonObject told = job.getAsJsonObject();
                assertFalse(told.get("state").isJsonNull() || told.get("state").getAsString().equals("lost"), told.toString());
                assertFalse(told.get("pid").isJsonNull() || told.get("started_at").isJsonNull(), told.toString());
                seen.add(told.get("id").getAsString());
            }
        }

        Set<String> ids = new HashSet<>();
        Set<String> pids = new HashSet<>();
        for (int i = 0; i < RUNS; i++) {
            JobRecord job = home.started(runs.get(i).await().out()).ended();
            ids.add(job.id());
            pids.add(job.fact("pid"));
            assertEquals(job.fact("pid"), Long.toString(job.leader().pid()));
            assertEquals(job.id(), "same_" + job.fact("ts"));
            assertEquals("content of " + i + "\n", job.output());
            assertEquals(Integer.toString(i), job.exitText());
            assertEquals(List.of(Integer.toString(i)), job.facts("exit"));
            assertTrue(job.fact("cmd").endsWith(" " + i), job.fact("cmd"));
        }
        assertEquals(RUNS, ids.size());
        assertEquals(RUNS, pids.size());
        assertEquals(RUNS * 5, home.files().size(), "log, pid, exit, meta and script of each, and nothing else: " + home.files());
        assertTrue(ids.stream().anyMatch(id -> id.matches("same_\\d{8}_\\d{6}_\\d+")), "some began in the same second: " + ids);
        assertTrue(ids.containsAll(seen));
        assertEquals(RUNS, home.ok("list", "--all", "--quiet").lines().distinct().count());
    }

    @Test
    @Fault(value = "many at once", promise = "`stop`s of one job agree, and one ending is recorded")
    void several_stops_of_one_job_agree() {
        JobRecord job = home.start("tests", "sh", "-c", "trap 'trap \"\" TERM; gate end; exit 7' TERM; echo up;"
                + " while :; do gate never & wait; done").says("up");
        List<CliRun.Live> stops = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            stops.add(home.bgjob("stop", "tests", "--grace", "60s").noisy().start());
        }
        Await.until("all six have asked", () -> job.facts("stop_signal").size() == 6);

        home.open("end");

        for (CliRun.Live stop : stops) {
            String printed = stop.await().out();
            assertTrue(printed.contains(job.id() + " stopped (exit 7)") && printed.contains("nothing of it is left"), printed);
        }
        assertEquals("7", job.exitText());
        assertEquals(List.of("7"), job.facts("exit"));
    }

    @Test
    @Fault(value = "many at once", promise = "`stop`s of one job agree, and one ending is recorded")
    void stops_that_have_to_kill_record_one_ending() {
        JobRecord job = home.start("deaf", "sh", "-c", "trap '' TERM; echo up; gate never").says("up");
        List<CliRun.Live> stops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stops.add(home.bgjob("stop", "deaf", "--grace", "200ms").noisy().start());
        }
        stops.forEach(CliRun.Live::await);

        assertEquals("137", job.exitText());
        assertEquals("stopped", home.state("deaf"));
        assertNotNull(job.fact("ended"));
    }

    @Test
    @Fault(value = "KILL of bgjob", promise = "the job is recorded and runs to its end, or there is no job and no process of one")
    void a_run_that_is_killed_leaves_a_whole_job_or_none() {
        List<String> stages = List.of(".log", ".sh", ".pid", ".meta");
        for (int i = 0; i < 12; i++) {
            String stage = stages.get(i % stages.size());
            long before = count(stage);
            var run = home.bgjob("run", "cut", "--", "gate", "never").exitsAnyhow().start();
            Await.until("run has made a file " + stage, () -> count(stage) > before);
            run.process().signal("KILL");
            run.await();
        }

        Await.until("every job begun is a whole one", () -> JsonParser.parseString(home.ok("list", "--all", "--json"))
                .getAsJsonArray().asList().stream().map(JsonElement::getAsJsonObject)
                .allMatch(job -> job.get("state").getAsString().equals("running") && !job.get("pid").isJsonNull()));
        long jobs = home.ok("list", "--running", "--all", "--quiet").lines().count();
        // a gate that forks is two for a moment
        Await.until("no command runs without a record", () -> home.processes().stream()
                .filter(process -> process.commandLine().endsWith("gate never")).count() == jobs);
        assertTrue(jobs >= 3, "those killed when their pid was recorded are jobs");
        home.ok("stop", "--all");
        Await.until("nothing is left", () -> home.processes().isEmpty());
        home.ok("run", "cut", "--wait", "--", "true");
    }

    private long count(String suffix) {
        return home.files().stream().filter(name -> name.endsWith(suffix)).count();
    }
}
