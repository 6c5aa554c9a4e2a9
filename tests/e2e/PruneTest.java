package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code prune}, beside jobs that run, beside itself, and killed. */
class PruneTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** A record as its leader leaves it; every third was stopped. */
    private void old(int n) {
        String id = "old_2020010" + (1 + n / 1000) + "_" + String.format("%06d", n % 1000);
        boolean stopped = n % 3 == 0;
        home.write(".logs/" + id + ".log", "x\n");
        home.write(".logs/" + id + ".meta", "label=old\ncmd=true\npid=1\npgid=1\nstarted=2020-01-01T00:00:00Z\n"
                + (stopped ? "stop_signal=TERM\n" : "") + "ended=2020-01-01T00:00:01Z\nexit=143\n");
        home.write(".logs/" + id + ".pid", "1\n");
        home.write(".logs/" + id + ".exit", "143\n");
        home.write(".logs/jobs/" + id + ".sh", "#\n");
        home.write(".logs/jobs/" + id + ".checkpoint/at", "1");
    }

    private JsonObject prune(String... options) {
        List<String> arguments = new ArrayList<>(List.of("prune", "--json"));
        arguments.addAll(List.of(options));
        return JsonParser.parseString(home.ok(arguments.toArray(new String[0]))).getAsJsonObject();
    }

    private List<String> listed(String... options) {
        List<String> arguments = new ArrayList<>(List.of("list", "--all", "--quiet"));
        arguments.addAll(List.of(options));
        return home.bgjob(arguments.toArray(new String[0])).run().lines();
    }

    @Test
    void ended_jobs_go_with_all_their_files_and_running_ones_stay() throws IOException {
        JobRecord running = home.start("t", "gate", "end");
        JobRecord first = home.start("t", "sh", "-c", "echo 1 >$BGJOB_RESULT; echo 1/2 >$BGJOB_PROGRESS; echo x >$BGJOB_CHECKPOINT/x").ended();
        JobRecord newest = home.start("t", "true").ended();
        Await.until("the leaders are gone", () -> !Files.exists(home.logs().resolve("jobs/" + newest.id() + ".checkpoint")));
        List<String> before = home.files();

        assertEquals(before.stream().filter(name -> name.contains(first.id())).count(),
                before.size() - before.stream().filter(name -> !name.contains(first.id())).count());
        String rehearsed = home.ok("prune", "--keep", "1", "--dry-run");
        assertTrue(rehearsed.startsWith("would remove " + first.id() + " (completed, "), rehearsed);
        assertEquals(before, home.files());
        String told = home.ok("prune", "--keep", "1");
        assertTrue(told.startsWith("removed " + first.id() + " (completed, ") && told.contains("\n1 job removed, "), told);
        assertTrue(told.contains("kept 1, not ended\n"), told);
        assertEquals(List.of(newest.id(), running.id()), listed());
        assertTrue(home.files().stream().noneMatch(name -> name.contains(first.id() + ".")), home.files().toString());
        assertFalse(Files.exists(home.logs().resolve("jobs/" + first.id() + ".checkpoint")));

        assertEquals(running.id() + " was not removed: it has not ended, or still runs its --on-exit; stop it first",
                home.bgjob("prune", running.id()).exits(1).noisy().run().err().strip().replace("bgjob: ", ""));
        home.open("end");
        running.ended();
        assertTrue(home.ok("prune", running.id()).startsWith("removed " + running.id()));
        assertEquals(List.of(newest.id()), listed());
    }

    @Test
    void what_still_runs_its_on_exit_stays_and_what_was_removed_does_not_come_back() throws IOException {
        JobRecord job = home.started(home.ok("run", "t", "--on-exit", "gate hook", "--", "true"));
        Await.until("it has ended", () -> Files.exists(job.exit()));
        Proc leader = job.leader();

        assertTrue(home.ok("prune", "--keep", "0").contains("kept 1, not ended"));
        assertTrue(home.bgjob("prune", job.id()).exits(1).noisy().run().err().contains("still runs its --on-exit"));
        home.sh("rm .logs/" + job.id() + ".*").run();
        home.open("hook");
        leader.awaitEnd();
        assertEquals(List.of(), listed());
        assertFalse(Files.exists(home.logs().resolve(job.id() + ".meta")), home.files().toString());
    }

    @Test
    void it_needs_to_be_told_which() {
        home.start("t", "true").ended();
        assertTrue(home.fails(2, "prune").contains("say which: --older-than 7d"));
        assertTrue(home.fails(2, "prune", "t").contains("say which"));
        assertTrue(home.fails(2, "prune", "--keep", "-1").contains("--keep -1"));
        assertTrue(home.fails(2, "prune", "--older-than", "old").contains("'old'"));
        assertTrue(home.fails(2, "prune", "--state", "done").contains("'done'"));
        assertTrue(home.fails(1, "prune", "u", "--keep", "1").contains("no job 'u'"));
        assertEquals(1, listed().size());
        assertEquals("0 jobs removed, 0 bytes\n", home.ok("prune", "--older-than", "1d", "--keep", "0"));
    }

    @Test
    @Fault(value = "KILL of bgjob", promise = "a `prune` that is killed leaves each job with its ending or no job")
    void killed_again_and_again_it_never_leaves_a_lie() throws IOException {
        for (int n = 0; n < 900; n++) {
            old(n);
        }
        int rounds = 0;
        while (listed().size() > 1 && rounds++ < 40) {
            int there = listed().size();
            CliRun.Live prune = home.bgjob("prune", "--keep", "1").exitsAnyhow().start();
            Await.until("some are removed, or all", () -> metas() < there - 60 || !prune.process().alive());
            prune.process().signal("KILL");
            prune.await();
            for (JsonElement job : JsonParser.parseString(home.ok("list", "--all", "--json")).getAsJsonArray()) {
                String id = job.getAsJsonObject().get("id").getAsString();
                String state = Integer.parseInt(id.substring(id.length() - 6)) % 3 == 0 ? "stopped" : "failed";
                assertEquals(state, job.getAsJsonObject().get("state").getAsString(), id);
                assertEquals(143, job.getAsJsonObject().get("exit_code").getAsInt(), id);
            }
        }
        assertTrue(rounds > 2, "it was killed in the middle: " + rounds);
        assertEquals(List.of("old_20200101_000899"), listed());
        home.sh("find .logs -exec touch -h -d '2 hours ago' {} +").run();
        home.ok("prune", "--orphans");
        assertTrue(home.files().stream().filter(name -> !name.startsWith("jobs/")).allMatch(name -> name.startsWith("old_20200101_000899.")),
                home.files().toString());
        assertEquals(List.of("jobs/old_20200101_000899.sh"), home.files().stream().filter(name -> name.startsWith("jobs/")).toList());
    }

    private int metas() {
        String[] names = home.logs().toFile().list((folder, name) -> name.endsWith(".meta"));
        return names == null ? 0 : names.length;
    }

    @Test
    @Fault(value = "many at once", promise = "two `prune`s share the work while jobs are started")
    void two_at_a_time_share_the_work_and_jobs_go_on_being_started() {
        for (int n = 0; n < 600; n++) {
            old(n);
        }
        CliRun.Live one = home.bgjob("prune", "--keep", "0", "--state", "failed,stopped", "--json").start();
        CliRun.Live two = home.bgjob("prune", "--keep", "0", "--state", "failed,stopped", "--json").start();
        List<String> started = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            started.add(0, home.start("old", "gate", "never").id());
        }
        int removed = 0;
        for (CliRun.Live prune : List.of(one, two)) {
            removed += JsonParser.parseString(prune.await().out()).getAsJsonObject().getAsJsonArray("removed").size();
        }
        assertEquals(600, removed);
        assertEquals(started, listed());
        started.forEach(id -> assertEquals("running", home.state(id)));
    }

    @Test
    void the_index_is_made_anew() throws IOException {
        for (int n = 0; n < 400; n++) {
            old(n);
        }
        home.ok("status", "old");
        prune("--keep", "200");
        Path stamp = home.logs().resolve("index/stamp");
        assertEquals(Files.getLastModifiedTime(home.logs()), Files.getLastModifiedTime(stamp), "fresh");
        assertEquals("old_20200101_000399", home.status("old").get("id").getAsString());
        prune("old_20200101_000399");
        assertEquals("old_20200101_000398", home.status("old").get("id").getAsString());
        assertEquals(199, listed().size());
    }

    @Test
    void orphans_are_left_alone_unless_asked_for() throws IOException {
        home.start("t", "true").ended();
        home.write(".logs/u_20200101_000000.log", "output that somebody may want");
        home.write(".logs/jobs/u_20200101_000000.sh", "");
        home.sh("touch -d '2 hours ago' .logs/u_20200101_000000.log .logs/jobs/u_20200101_000000.sh").run();
        home.write(".logs/v_20200101_000000.log", "young");

        prune("--keep", "0", "--state", "failed");
        assertTrue(Files.exists(home.logs().resolve("u_20200101_000000.log")));
        assertEquals("[\"u_20200101_000000\"]", prune("--orphans", "--dry-run").get("orphans").toString());
        assertEquals("[\"u_20200101_000000\"]", prune("--orphans").get("orphans").toString());
        assertFalse(Files.exists(home.logs().resolve("u_20200101_000000.log")));
        assertTrue(Files.exists(home.logs().resolve("v_20200101_000000.log")));
        assertEquals(1, listed().size());
        assertTrue(home.fails(2, "prune", "t", "--orphans").contains("leave out 't'"));
    }

    @Test
    void what_cannot_be_told_or_goes_on_later_stays() throws IOException {
        JobRecord lost = home.start("gone", "gate", "never");
        Proc.signal("KILL", -lost.leader().pid());
        lost.leader().awaitEnd();
        home.bgjob("run", "later", "--wait", "--sh", "exit 75").exits(75).run();
        home.write(".logs/odd_20200101_000000.meta", "garbage\n");

        JsonObject receipt = prune("--keep", "0");
        assertEquals("{\"active\":0,\"paused\":1,\"unknown\":1}", receipt.get("kept").toString());
        assertEquals(1, receipt.getAsJsonArray("removed").size());
        assertEquals(1, prune("--keep", "0", "--state", "paused").getAsJsonArray("removed").size());
        assertEquals(List.of("odd_20200101_000000"), listed());
        try (Stream<Path> left = Files.list(home.logs().resolve("jobs"))) {
            assertEquals(List.of(), left.toList());
        }
    }
}
