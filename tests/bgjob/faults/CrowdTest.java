package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls;
import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hundred runs of one label by several programs, while others list, stop and prune all the time. */
class CrowdTest {
    private static final int RUNNERS = 4;
    private static final int EACH = 25;
    private static final Set<String> TRUE = Set.of("running", "completed", "failed", "stopped");

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Map<String, Integer> started = new ConcurrentHashMap<>();
    private final Set<String> pruned = Collections.synchronizedSet(new TreeSet<>());
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger runners = new AtomicInteger(RUNNERS);
    private final AtomicInteger looks = new AtomicInteger();

    private interface Work {
        void with(Calls program);
    }

    private Thread thread(Work work) {
        Thread thread = new Thread(() -> {
            try (Calls program = Calls.open(home.work())) {
                work.with(program);
            } catch (IOException | RuntimeException | AssertionError e) {
                wrong.add(e.toString());
            }
        });
        thread.start();
        return thread;
    }

    private void run(Calls program, int first) {
        for (int i = first; i < first + EACH; i++) {
            boolean ends = i % 2 == 0;
            Calls.Call call = ends ? program.ask("run", "crowd", "--", "sh", "-c", "exit " + i) : program.ask("run", "crowd", "--", "sleep", "60");
            if (call.status() == 0) {
                started.put(JobHome.value(call.said(), "Id"), ends ? i : 143);
            } else {
                wrong.add("run " + i + ": " + call.said());
            }
        }
        runners.decrementAndGet();
    }

    /** Also once more when the last has been started. */
    private void whileTheyCome(Runnable look) {
        boolean last = false;
        while (!last) {
            last = runners.get() == 0;
            look.run();
            looks.incrementAndGet();
        }
    }

    private void list(Calls program) {
        for (JsonElement element : JsonParser.parseString(program.ask("list", "--all", "--json").said()).getAsJsonArray()) {
            JsonObject job = element.getAsJsonObject();
            // for the moment in which stop has killed a leader and has not recorded it yet
            boolean killed = job.get("state").toString().equals("\"lost\"") && job.get("reason").getAsString().contains("stop asked by");
            if (!killed && (job.get("state").isJsonNull() || !TRUE.contains(job.get("state").getAsString()))) {
                wrong.add("list has " + job);
            }
        }
    }

    private void prune(Calls program) {
        String said = program.ask("prune", "--keep", "20", "--json").said();
        for (String word : said.split("[^A-Za-z0-9_]+")) {
            if (word.startsWith("crowd_")) {
                pruned.add(word);
            }
        }
    }

    @Test
    @Fault(value = "many at once", promise = "a hundred `run`s of one label among `list`s, `stop`s and `prune`s: every job has its own ending or was pruned after it")
    void a_hundred_runs_among_lists_stops_and_prunes_lose_nothing() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < RUNNERS; i++) {
            int first = i * EACH;
            threads.add(thread(program -> run(program, first)));
        }
        threads.add(thread(program -> whileTheyCome(() -> list(program))));
        threads.add(thread(program -> whileTheyCome(() -> program.ask("stop", "--all", "--grace", "5s"))));
        threads.add(thread(program -> whileTheyCome(() -> prune(program))));
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), wrong);
        assertEquals(RUNNERS * EACH, started.size(), "each run got an id of its own");
        assertTrue(looks.get() > RUNNERS, looks + " looks");

        try (Calls program = Calls.open(home.work())) {
            program.ask("stop", "--all", "--grace", "5s");
            Await.until("nothing runs", () -> program.ask("list", "--running", "--all", "--quiet").said().isBlank());
            Map<String, Integer> recorded = new HashMap<>();
            for (JsonElement element : JsonParser.parseString(program.ask("list", "--all", "--json").said()).getAsJsonArray()) {
                JsonObject job = element.getAsJsonObject();
                recorded.put(job.get("id").getAsString(), job.get("exit_code").getAsInt());
            }
            started.forEach((id, code) -> {
                Integer told = recorded.remove(id);
                // a stop may come before the command has ended by itself, or begun; dash may then swallow its TERM, and KILL follows
                boolean fine = told == null ? pruned.contains(id) : told.equals(code) || told == 143 || told == 137;
                assertTrue(fine, id + " is to have " + code + " and has " + told);
            });
            assertEquals(Map.of(), recorded, "jobs that nobody started");
        }
    }
}
