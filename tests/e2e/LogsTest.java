package e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code logs} prints the output so far, all or part of it. */
class LogsTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    @Test
    @Fault(value = "any bytes", promise = "output of any bytes, NUL among them, without a final newline, is shown exactly")
    void prints_what_the_job_wrote_byte_for_byte() throws IOException {
        JobRecord job = home.start("bytes", "perl", "-e", "print map chr, 0..255; print \"\\r\\n\\xc3\"").ended();

        byte[] printed = home.bgjob("logs", "bytes").run().outBytes();

        assertEquals(259, printed.length);
        assertArrayEquals(Files.readAllBytes(job.log()), printed);
    }

    @Test
    void prints_the_last_lines() {
        home.start("lines", "printf", "1\n2\n3\n4\n5").ended();
        home.start("ended", "printf", "1\n2\n3\n").ended();
        home.start("empty", "true").ended();

        assertEquals("4\n5", home.ok("logs", "lines", "-n", "2"));
        assertEquals("1\n2\n3\n4\n5", home.ok("logs", "lines", "-n", "99"));
        assertEquals("", home.ok("logs", "lines", "-n", "0"));
        assertEquals("3\n", home.ok("logs", "ended", "-n", "1"));
        assertEquals("", home.ok("logs", "empty", "-n", "5"));
    }

    @Test
    void the_cursor_goes_round_without_loss_or_repetition() {
        home.start("chat", "sh", "-c", "printf first; gate one; printf 'é second'; gate two; printf third").says("first");

        var first = home.bgjob("logs", "chat", "--since", "0").noisy().run();
        assertEquals("first", first.out());
        var nothing = home.bgjob("logs", "chat", "--since", cursor(first.err())).noisy().run();
        assertEquals("", nothing.out());
        home.open("one");
        home.job(home.status("chat").get("id").getAsString()).says("second");
        var second = home.bgjob("logs", "chat", "--since", cursor(nothing.err())).noisy().run();
        assertEquals("é second", second.out());
        home.open("two");
        home.bgjob("wait", "chat").run();
        var third = home.bgjob("logs", "chat", "--since", cursor(second.err())).noisy().run();
        assertEquals("third", third.out());
        assertEquals("19", cursor(third.err()));

        JsonObject json = JsonParser.parseString(home.ok("logs", "chat", "--since", "5", "--json")).getAsJsonObject();
        assertEquals("é secondthird", json.get("text").getAsString());
        assertEquals(5, json.get("from").getAsLong());
        assertEquals(19, json.get("next").getAsLong());
    }

    private static String cursor(String err) {
        assertTrue(err.matches("cursor \\d+\n"), err);
        return err.substring(7).strip();
    }

    @Test
    void a_cursor_behind_the_end_shows_nothing_and_does_not_run_ahead() {
        home.start("short", "printf", "12345").ended();

        var beyond = home.bgjob("logs", "short", "--since", "1000").noisy().run();

        assertEquals("", beyond.out());
        assertEquals("5", cursor(beyond.err()));
    }

    @Test
    void grep_shows_matching_lines_and_fails_when_there_are_none() {
        home.start("tests", "printf", "test_a PASSED\ntest_b FAILED\ntest_c ERROR at end").ended();

        assertEquals("test_b FAILED\ntest_c ERROR at end", home.ok("logs", "tests", "--grep", "FAILED|ERROR"));
        assertEquals("test_a PASSED\n", home.ok("logs", "tests", "--grep", "^test_a .*ED$"));
        assertEquals("test_c ERROR at end", home.ok("logs", "tests", "-n", "1", "--grep", "test"));
        assertEquals("", home.bgjob("logs", "tests", "--grep", "no such thing").exits(1).run().out());
        assertTrue(home.fails(2, "logs", "tests", "--grep", "(").contains("no regular expression"));
    }

    @Test
    void goes_on_as_follow_does() {
        JobRecord job = home.start("tests", "sh", "-c", "printf '1\\n2\\n3\\n'; gate end; echo 4").says("3\n");
        var following = home.bgjob("logs", "tests", "-n", "2", "-f").noisy().start().says("3\n");
        var matching = home.bgjob("logs", "tests", "-f", "--grep", "[14]").noisy().start().says("1\n");

        home.open("end");

        var followed = following.await();
        assertEquals("2\n3\n4\n", followed.out());
        assertTrue(followed.err().contains(job.id() + " completed"), followed.err());
        assertEquals("1\n4\n", matching.await().out());
    }

    @Test
    void a_log_that_is_gone_is_said() throws IOException {
        Files.delete(home.start("tests", "true").ended().log());

        assertTrue(home.fails(1, "logs", "tests").contains("is gone"));
    }
}
