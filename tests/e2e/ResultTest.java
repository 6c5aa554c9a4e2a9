package e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code result} of jobs that ended in every way there is. */
class ResultTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private JsonObject json(int status, String... arguments) {
        return JsonParser.parseString(home.bgjob(arguments).exits(status).run().out()).getAsJsonObject();
    }

    private void run(String label, String text) {
        home.bgjob("run", label, "--wait", "--sh", text).exitsAnyhow().run();
    }

    @Test
    void a_completed_job_is_told_with_what_it_left() {
        run("good", "echo noise; echo '{\"passed\": 42}' >$BGJOB_RESULT");
        String told = home.ok("result", "good");
        assertTrue(told.matches("good_\\S+ completed \\(exit 0\\) after [0-9.]+s, at [-0-9]+ [:0-9]+ [+-][0-9]+\nResult:\n  \\{\"passed\": 42\\}\n"), told);
        assertEquals("{\"passed\": 42}\n", home.ok("result", "good", "--raw"));
        assertEquals(42, json(0, "result", "good", "--json").getAsJsonObject("result").get("passed").getAsInt());
        assertTrue(home.ok("result", "good", "-n", "1").endsWith(".log:\n  noise\n"));
    }

    @Test
    void a_failed_one_with_the_last_lines_and_what_failed() {
        run("bad", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf 'line\\t%s\\033[1m\\n' $i; done; echo 'failed db' >>$BGJOB_PROGRESS; exit 3");
        String told = home.ok("result", "bad");
        assertTrue(told.contains(" failed (exit 3) after "), told);
        assertTrue(told.contains("\nFailed: 1 item: db\nLast 10 lines of "), told);
        assertFalse(told.contains("\u001b"), told);
        assertTrue(told.contains(":\n  line\t3\\u001b[1m\n") && told.endsWith("\n  line\t12\\u001b[1m\n"), told);
        assertEquals(2, json(0, "result", "bad", "-n", "2", "--json").getAsJsonArray("last_lines").size());
        assertEquals(0, json(0, "result", "bad", "-n", "0", "--json").getAsJsonArray("last_lines").size());
    }

    @Test
    void a_stopped_one_with_who_when_and_why() {
        home.start("long", "gate", "never");
        home.ok("stop", "long", "--reason", "no time");
        JsonObject told = json(0, "result", "long", "--json");
        assertTrue(told.get("stop_by").getAsString().contains("(bgjob stop, pid "), told.toString());
        assertEquals("no time", told.get("stop_reason").getAsString());
        assertEquals("TERM", told.get("stop_signal").getAsString());
        assertTrue(told.get("stop_at").getAsString().endsWith("Z"));
        assertTrue(home.ok("result", "long").contains(": no time\n"));
    }

    @Test
    void one_that_has_not_ended_says_so_and_one_that_is_lost_is_not_guessed() {
        JobRecord job = home.start("long", "gate", "never");
        String refusal = home.fails(1, "result", "long");
        assertTrue(refusal.contains("has not ended, it is running") && refusal.contains("bgjob wait " + job.id()), refusal);
        assertFalse(json(1, "result", "long", "--json").get("ended").getAsBoolean());
        Proc.signal("KILL", -job.leader().pid());
        job.leader().awaitEnd();
        assertTrue(home.bgjob("result", "long").exits(125).run().out().contains(" lost: its leader, "));
        assertTrue(home.fails(1, "result", "lnog").contains("did you mean 'long'"));
    }

    @Test
    void whatever_is_left_as_a_result_does_no_harm() throws Exception {
        run("binary", "printf 'a\\0\\377b' >$BGJOB_RESULT");
        assertTrue(home.ok("result", "binary").contains("\nResult: 4 bytes that are no text, in "));
        assertArrayEquals(new byte[] {'a', 0, (byte) 0xff, 'b'}, home.bgjob("result", "binary", "--raw").run().outBytes());
        assertEquals("binary", json(0, "result", "binary", "--json").get("result_type").getAsString());

        run("huge", "head -c 3000000 /dev/zero | tr '\\0' x >$BGJOB_RESULT");
        JsonObject huge = json(0, "result", "huge", "--json");
        assertEquals(1 << 20, huge.get("result_text").getAsString().length());
        assertTrue(huge.get("result_truncated").getAsBoolean());
        assertEquals(3_000_000, home.bgjob("result", "huge", "--raw").run().outBytes().length);
        assertTrue(home.ok("result", "huge").length() < 20_000);

        run("pipe", "mkfifo $BGJOB_RESULT");
        assertTrue(json(0, "result", "pipe", "--json").get("result_type").isJsonNull());
        run("none", "true");
        assertTrue(home.fails(1, "result", "none", "--raw").contains("left no result"));
        Files.delete(home.job(json(0, "result", "none", "--json").get("id").getAsString()).log());
        assertTrue(home.ok("result", "none", "-n", "5").contains("completed"));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertTrue(home.fails(2, "result", "x", "-n", "-1").contains("-n -1"));
        assertTrue(home.fails(2, "result", "x", "--raw", "--json").contains("--raw"));
    }
}
