package fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.support.Await;
import bgjob.support.JobHome;
import com.google.gson.JsonObject;
import fuzz.Caller.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records of real jobs, one file of one of them damaged at a time, and everything that reads them. */
class RecordFuzzTest {
    private static final List<String> FILES = List.of(".meta", ".meta", ".meta", ".exit", ".pid", ".log");
    private static final List<String> WORK = List.of(".progress", ".result", ".sh");
    private static final List<String> INDEX = List.of("ids", "new", "stamp", "lock");
    private static final int OLD = 420;

    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private final Caller caller = new Caller(home);
    private final Map<String, JsonObject> truth = new TreeMap<>();
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void jobs_that_ended_in_every_way_and_one_that_runs() throws IOException {
        String leaves = "echo \"it's $$\"; echo '2/3 two' >$BGJOB_PROGRESS; echo '{\"a\": 1}' >$BGJOB_RESULT; ";
        run("done", "--sh", leaves + "true");
        run("failed", "--sh", leaves + "exit 3");
        run("paused", "--sh", leaves + "exit 75");
        run("killed", "--sh", leaves + "kill -9 $$");
        run("again", "--retry", "1", "--retry-delay", "0", "--sh", leaves + "exit 4");
        run("late", "--timeout", "1", "--grace", "0", "--sh", leaves + "exec gate never");
        run("stopped", "--sh", leaves + "exec gate never");
        run("runs", "--sh", leaves + "exec gate never");
        said("stop", "stopped", "--reason", "enough");
        said("wait", "done", "failed", "paused", "killed", "again", "late");
        for (int i = 0; i < OLD; i++) { // claims that came to nothing, for an index there must be names
            Files.createFile(home.logs().resolve("old_20200101_" + (100000 + i) + ".log"));
        }
        said("status", "done"); // makes the index
        for (String id : ids) {
            truth.put(id, Judge.json(said("status", id, "--json").text()).getAsJsonObject());
        }
    }

    @AfterEach
    void the_worker_ends() {
        caller.close();
    }

    private void run(String label, String... more) {
        List<String> words = new ArrayList<>(List.of("run", label, "--json"));
        words.addAll(List.of(more));
        ids.add(Judge.json(said(words.toArray(new String[0])).text()).getAsJsonObject().get("id").getAsString());
        Await.until(label + " has left its result", () -> Files.exists(home.logs().resolve("jobs/" + ids.get(ids.size() - 1) + ".result")));
    }

    private Outcome said(String... words) {
        return Judge.judged(caller.call(List.of(words)), "nothing is damaged");
    }

    @Test
    void whatever_the_bytes_of_a_record_are_answers_stay_answers_and_other_records_stay_true() {
        int rounds = FuzzRun.play(0.4, this::round);
        System.out.println("RecordFuzzTest: " + rounds + " damaged files, " + caller.calls() + " calls");
    }

    private void round(long seed) {
        Random random = new Random(seed);
        String id = ids.get(random.nextInt(ids.size()));
        String kind = kind(random);
        Path file = INDEX.contains(kind) ? home.logs().resolve("index/" + kind)
                : WORK.contains(kind) ? home.logs().resolve("jobs/" + id + kind) : home.logs().resolve(id + kind);
        if (!Files.isRegularFile(file)) {
            return; // a job that runs has no ending
        }
        Damage damage = Damage.to(file, home.root().resolve("aside"), random);
        try {
            for (int n = 0; n < 3; n++) {
                Judge.judged(caller.call(words(id, file, damage, random)), damage);
            }
            truthOf(id, kind, damage);
            String other = ids.get(random.nextInt(ids.size()));
            if (!other.equals(id)) {
                sameAs(truth.get(other), status(other, damage), damage);
            }
        } finally {
            damage.undo();
        }
    }

    private static String kind(Random random) {
        int n = random.nextInt(20);
        return n < 2 ? INDEX.get(random.nextInt(INDEX.size())) : n < 7 ? WORK.get(random.nextInt(WORK.size())) : FILES.get(random.nextInt(FILES.size()));
    }

    private List<String> words(String id, Path file, Damage damage, Random random) {
        boolean runs = id.startsWith("runs_");
        String label = id.substring(0, id.indexOf('_'));
        String name = random.nextBoolean() ? id : label;
        String other = ids.get(random.nextInt(ids.size()));
        List<List<String>> calls = new ArrayList<>(List.of(List.of("status", name), List.of("status"), List.of("list"), List.of("list", "--all", "--state", "failed"),
                List.of("list", label), List.of("list", "--running"), List.of("logs", name), List.of("logs", name, "-n", "2"),
                List.of("logs", name, "--since", "3"), List.of("logs", name, "--grep", "it"), List.of("result", name), List.of("result", name, "-n", "3"),
                List.of("result", name, "--raw"), List.of("stats"), List.of("stats", label), List.of("stats", label, "--by-commit"),
                List.of("diff", name, other), List.of("wait", name, "--timeout", "1ms"), List.of("latest", name, "--file", "exit"), List.of("latest", name),
                List.of("prune", "--older-than", "0s", "--dry-run", label), List.of("prune", "--orphans", "--dry-run")));
        if (!runs) {
            calls.addAll(List.of(List.of("follow", name), List.of("follow", name, id), List.of("follow", name, "-n", "1")));
        }
        if (file.toString().endsWith(".sh") && damage.harmlessScript()) {
            calls.addAll(List.of(List.of("rerun", name), List.of("rerun", name)));
        }
        List<String> words = new ArrayList<>(calls.get(random.nextInt(calls.size())));
        boolean json = !words.contains("--raw") && !words.contains("--grep") && random.nextInt(3) == 0;
        if (json && !(words.get(0).equals("logs") && words.contains("-f"))) {
            words.add("--json");
        }
        return words;
    }

    private JsonObject status(String id, Damage damage) {
        Outcome outcome = Judge.judged(caller.call(List.of("status", id, "--json")), damage);
        return outcome.status() == 0 ? Judge.json(outcome.text()).getAsJsonObject() : null;
    }

    /** An ending that an undamaged file tells is told; and no job that has ended is ever said to run. */
    private void truthOf(String id, String kind, Damage damage) {
        JsonObject was = truth.get(id);
        JsonObject is = status(id, damage);
        boolean runs = id.startsWith("runs_");
        if (is == null && runs && !Files.exists(home.logs().resolve(id + ".meta"))) {
            return; // what has neither meta nor ending is no job (docs/files.md)
        }
        if (is == null) {
            throw new AssertionError(id + " has gone: " + damage);
        }
        if (!runs && !kind.equals(".exit")) {
            assertEquals(was.get("exit_code"), is.get("exit_code"), () -> damage + "\n" + is);
        }
        if (!kind.equals(".meta") && !kind.equals(".exit")) {
            sameAs(was, is, damage, "state", "exit_code", "signal", "pid", "command", "git", "started_at");
        }
        if (!runs && "running".equals(text(is, "state"))) {
            throw new AssertionError(id + " is said to run: " + damage + "\n" + is);
        }
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).isJsonNull() ? null : object.get(name).getAsString();
    }

    private static void sameAs(JsonObject was, JsonObject is, Damage damage, String... names) {
        List<String> compared = names.length > 0 ? List.of(names) : List.of("id", "state", "exit_code", "signal", "reason", "pid", "command", "cwd", "git",
                "attempt", "parent", "created_at", "started_at", "files");
        for (String name : compared) {
            assertEquals(was.get(name), is.get(name), () -> name + " of " + was.get("id") + ", " + damage);
        }
    }
}
