package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code stats} of real jobs in a repository whose commits break and mend them. */
class StatsTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private String commit(String content) {
        home.write("file.txt", content);
        home.sh("git commit -q -a -m change").run();
        return home.sh("git rev-parse HEAD").run().out().strip();
    }

    private void test() {
        home.bgjob("run", "tests", "--wait", "--", "grep", "-q", "good", "file.txt").exitsAnyhow().run();
    }

    private JsonObject stats(String... arguments) {
        return JsonParser.parseString(home.ok(arguments)).getAsJsonObject();
    }

    @Test
    void the_first_failing_commit_is_named() {
        String good = commit("good 1");
        test();
        String bad = commit("broken");
        test();
        commit("still broken");
        test();
        home.bgjob("run", "other", "--wait", "--", "true").run();

        JsonObject tests = stats("stats", "tests", "--json").getAsJsonObject("total");
        assertEquals(bad, tests.getAsJsonObject("first_failure").get("sha").getAsString());
        assertEquals(good, tests.getAsJsonObject("last_success").get("sha").getAsString());
        assertEquals(1 / 3.0, tests.get("success_rate").getAsDouble(), 1e-9);
        String told = home.ok("stats", "tests");
        assertTrue(told.contains("it fails since commit " + bad.substring(0, 12) + ", in tests_"), told);
        assertTrue(told.contains("commit " + good.substring(0, 12) + " was the last good one"), told);
        assertTrue(told.contains("Runs:      3: 1 completed, 2 failed\nSuccess:   33 % of 3\n"), told);

        assertEquals(3, stats("stats", "tests", "--by-commit", "--json").getAsJsonArray("groups").size());
        List<String> lines = home.bgjob("stats").run().lines();
        assertTrue(lines.get(0).matches("LABEL +RUNS +OK +MEDIAN +P95 +MIN +MAX +TREND +LAST FAILURE"), lines.get(0));
        assertEquals(4, lines.size(), lines.toString());
        assertTrue(lines.subList(1, 3).stream().anyMatch(line -> line.matches("tests +3 +33 %  .*")) && lines.get(3).startsWith("(all) "), lines.toString());
    }

    @Test
    void the_trend_is_drawn_in_what_the_terminal_has() {
        test();
        home.bgjob("run", "tests", "--wait", "--", "true").run();
        assertTrue(home.bgjob("stats", "tests").env("LC_ALL", "C.UTF-8").run().out().matches("(?s).*\nTrend: +[▁-█]+ .*"));
        assertTrue(home.bgjob("stats", "tests").env("LC_ALL", "C").run().out().matches("(?s).*\nTrend: +[_.~=+*#-]+ .*"));
        assertFalse(home.ok("stats", "tests").contains("\u001b"));
    }

    @Test
    void no_jobs_are_no_failure_but_an_unknown_label_is() {
        assertEquals("no jobs\n", home.bgjob("stats").noisy().run().err());
        assertEquals(0, stats("stats", "--json").getAsJsonObject("total").get("runs").getAsInt());
        test();
        assertEquals("no jobs since then\n", home.bgjob("stats", "--since", "2999-01-01T00:00:00Z").noisy().run().err());
        assertTrue(home.fails(1, "stats", "tsets").contains("did you mean 'tests'"));
        assertTrue(home.fails(2, "stats", "--by-commit").contains("needs a LABEL"));
        assertTrue(home.fails(2, "stats", "--since", "soon").contains("'soon'"));
    }
}
