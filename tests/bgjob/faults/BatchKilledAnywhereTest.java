package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls;
import bgjob.faults.Steps.Moment;
import bgjob.job.Limits;
import bgjob.support.BatchRecord;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Batches whose leader, runner or worker is killed before one step of any of them, each step in turn. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class BatchKilledAnywhereTest {
    private static final int SOME = 5;
    private static final int ITEMS = 3;
    private static final int SLOTS = 2;
    private static final int KILLED = 137;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final List<String> wrong = new ArrayList<>();

    private static Trial trial(Scene scene, String name, String plan) {
        Trial trial = new Trial(scene, name, plan);
        trial.open();
        trial.submit(SLOTS, ITEMS);
        trial.awaitEnd();
        return trial;
    }

    @Test
    @Fault(value = "KILL of a batch", promise = "before every step of its leader, its runner and its workers: no item is recorded twice or runs twice, none that was "
            + "not begun is passed over while the leader lives, and one whose ending nobody saw is `lost`")
    void whatever_of_a_batch_is_killed_each_item_is_accounted_for() throws IOException {
        Scene scene = new Scene(home, "/bin/dash", Limits.NONE);
        List<Moment> moments = trial(scene, "watched", null).steps().moments();
        List<String> plans = new ArrayList<>();
        for (Moment moment : moments) {
            if (moment.leads()) {
                plans.add("kill|" + moment.step() + "|leader");
                if (moment.role().equals("fork") || moment.touches()) {
                    plans.add("kill|" + moment.step() + "|self");
                }
            }
        }
        int tried = 0;
        try (Calls program = Calls.open(home.work())) {
            for (int i = 0; i < plans.size(); i += Scene.ALL ? 1 : SOME) {
                Trial trial = trial(scene, "trial" + i, plans.get(i));
                if (trial.steps().fault() != null) {
                    tried++;
                    judge(program, trial, plans.get(i));
                }
            }
        }
        System.out.println("     " + tried + " trials of " + plans.size() + ", " + wrong.size() + " wrong answers");
        assertTrue(tried * SOME * 2 > plans.size(), tried + " of " + plans.size() + " reached");
        assertEquals(List.of(), wrong);
    }

    private void hold(boolean so, String plan, String otherwise) {
        if (!so) {
            wrong.add(plan + ": " + otherwise);
        }
    }

    private static long runner(BatchRecord batch) {
        String child = batch.job().fact("child_pid");
        return child == null ? 0 : Long.parseLong(child);
    }

    private void judge(Calls program, Trial trial, String plan) {
        hold(trial.scene().damage(trial.logs()).isEmpty(), plan, "the earlier job's record is changed");
        if (trial.recorded().isEmpty()) {
            hold(!trial.began() && !trial.accepted(), plan, "an item ran, and there is no record");
            return;
        }
        BatchRecord batch = new BatchRecord(new JobRecord(trial.logs(), trial.recorded().get(0)));
        boolean leads = !trial.steps().killed(trial.steps().leader());
        Map<Integer, Integer> recorded;
        try {
            recorded = batch.exits();
        } catch (AssertionError e) {
            wrong.add(plan + ": " + e.getMessage());
            return;
        }
        Map<String, Integer> began = new HashMap<>();
        trial.items().forEach(item -> began.merge(item, 1, Integer::sum));
        hold(began.values().stream().allMatch(n -> n == 1), plan, "an item ran twice: " + began);
        boolean runs = leads && !trial.steps().killed(runner(batch));
        String said = program.ask("result", batch.job().id(), "--dir", trial.logs().toString(), "--json").said();
        JsonObject result = JsonParser.parseString(said).getAsJsonObject();
        int seen = 0;
        for (JsonElement element : result.getAsJsonArray("items")) {
            JsonObject item = element.getAsJsonObject();
            int number = item.get("index").getAsInt();
            String state = item.get("state").getAsString();
            Integer exit = recorded.get(number);
            seen++;
            String expected = exit != null ? "failed" : batch.output(number) != null ? "lost" : "not-run";
            hold(state.equals(expected), plan, "item " + number + " is " + state + ", not " + expected);
            hold(exit == null || exit == Scene.CODE || exit == KILLED, plan, "item " + number + " is recorded with " + exit);
            hold(!runs || !expected.equals("not-run"), plan, "item " + number + " was passed over");
        }
        hold(seen == ITEMS, plan, "of " + ITEMS + " items there are " + seen);
        String told = batch.job().exitText();
        hold(!leads || told != null, plan, "its leader lives, and no ending is recorded");
        hold(told == null || !told.equals("0"), plan, "items failed, and the batch ended with 0");
    }
}
