package e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code follow} shows what comes as it comes, byte for byte, and ends by itself. */
class FollowTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    @Test
    void an_unfinished_line_is_shown_before_it_is_finished() {
        home.start("tests", "sh", "-c", "printf 'Proceed? '; gate one; printf 'yes\\n'; gate two");
        var following = home.bgjob("follow", "tests").noisy().start().says("Proceed? ");

        home.open("one");
        following.says("Proceed? yes\n");
        home.open("two");

        assertEquals("Proceed? yes\n", following.await().out());
    }

    @Test
    void progress_by_carriage_returns_is_kept() {
        home.start("tests", "sh", "-c", "printf '10%%\\r'; gate one; printf '55%%\\r'; gate two; printf '100%%\\r\\n'");
        var following = home.bgjob("follow", "tests").noisy().start().says("10%\r");

        home.open("one");
        following.says("10%\r55%\r");
        home.open("two");

        assertEquals("10%\r55%\r100%\r\n", following.await().out());
    }

    @Test
    void a_character_split_between_two_writes_arrives_whole() {
        home.start("tests", "sh", "-c", "printf 'a\\303'; gate one; printf '\\251\\360\\237'; gate two; printf '\\232\\200z'");
        var following = home.bgjob("follow", "tests").noisy().start();
        Await.until("the first half is shown", () -> Arrays.equals(new byte[] {'a', (byte) 0xc3}, following.outBytes()));

        home.open("one");
        Await.until("the second half is shown", () -> following.outBytes().length == 5);
        home.open("two");

        assertEquals("aé🚀z", following.await().out());
    }

    @Test
    @Fault(value = "any bytes", promise = "output of any bytes, NUL among them, without a final newline, is shown exactly")
    void any_bytes_are_shown_exactly() throws IOException {
        JobRecord job = home.start("tests", "sh", "-c", "gate go; head -c 3000000 /dev/urandom; printf 'no newline at the end'");
        var following = home.bgjob("follow", "tests").noisy().start();

        home.open("go");

        assertArrayEquals(Files.readAllBytes(job.ended().log()), following.await().outBytes());
        assertEquals(3_000_021, following.outBytes().length);
    }

    @Test
    void ends_by_itself_with_all_that_was_written_at_the_end() {
        for (int i = 0; i < 3; i++) {
            String gate = "go" + i;
            JobRecord job = home.start("tests", "sh", "-c", "gate " + gate + "; seq 20000; echo the very last; exit 3");
            var following = home.bgjob("follow", job.id()).noisy().start();
            home.open(gate);

            var result = following.await();

            assertTrue(result.out().endsWith("20000\nthe very last\n"));
            assertEquals(20001, result.lines().size());
            assertTrue(result.err().startsWith("bgjob: " + job.id() + " failed (exit 3)"), result.err());
        }
    }

    @Test
    void an_ended_job_is_shown_from_its_beginning_or_its_last_lines() {
        home.start("tests", "seq", "5").ended();

        assertEquals("1\n2\n3\n4\n5\n", home.bgjob("follow", "tests").noisy().run().out());
        assertEquals("4\n5\n", home.bgjob("follow", "tests", "-n", "2").noisy().run().out());
        assertEquals("", home.bgjob("follow", "tests", "-n", "0").noisy().run().out());
    }

    @Test
    void several_labels_are_shown_at_once_line_by_line() {
        home.start("unit", "sh", "-c", "echo u1; gate one; echo u2");
        home.start("integration", "sh", "-c", "printf half; gate one; echo ' whole'; printf end");
        var following = home.bgjob("follow", "unit", "integration").noisy().start().says("unit        | u1\n");

        home.open("one");

        List<String> lines = following.await().lines();
        assertEquals(List.of("integration | end", "integration | half whole", "unit        | u1", "unit        | u2"),
                lines.stream().sorted().toList());
    }

    @Test
    void a_reader_that_goes_away_ends_it_quietly() {
        home.start("tests", "sh", "-c", "i=0; while [ ! -e end ]; do echo line $i; i=$((i + 1)); sleep 0.01; done");

        var result = home.sh("bgjob follow tests | head -n 1; bgjob logs tests | head -n 1; bgjob follow tests | head -n 1")
                .run();

        assertEquals("line 0\nline 0\nline 0\n", result.out());
        assertEquals("running", home.state("tests"), "the job goes on");
    }

    @Test
    @Fault(value = "KILL of the leader", promise = "`wait` and `follow` end when the job is lost")
    void a_job_that_is_lost_ends_it_too() {
        JobRecord job = home.start("tests", "sh", "-c", "echo up; gate never");
        var following = home.bgjob("follow", "tests").noisy().start().says("up\n");

        Proc.signal("KILL", -job.leader().pgid());

        assertTrue(following.await().err().contains(job.id() + " lost"));
    }

    @Test
    void as_json_it_is_one_object_a_line_with_cursors_and_no_character_cut_in_two() {
        home.start("tests", "sh", "-c", "printf 'a\\303'; gate one; printf '\\251\\n'; gate two; printf '\\303'; exit 3");
        var following = home.bgjob("follow", "tests", "--json").start();
        Await.until("the first letter is shown", () -> following.outBytes().length > 0);
        home.open("one");
        Await.until("the second is shown", () -> new String(following.outBytes(), StandardCharsets.UTF_8).contains("é"));
        home.open("two");

        List<JsonObject> lines = following.await().out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
        StringBuilder text = new StringBuilder();
        long next = 0;
        for (JsonObject line : lines.subList(0, lines.size() - 1)) {
            assertEquals(Set.of("id", "from", "next", "text"), line.keySet());
            assertEquals(next, line.get("from").getAsLong());
            next = line.get("next").getAsLong();
            text.append(line.get("text").getAsString());
        }
        assertEquals("aé\n\ufffd", text.toString());
        assertEquals(5, next);
        JsonObject last = lines.get(lines.size() - 1);
        assertEquals(Set.of("id", "job"), last.keySet());
        assertEquals(3, last.getAsJsonObject("job").get("exit_code").getAsInt());
    }
}
