package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.CliRun;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logs of 5 GiB, nearly all of it a hole, in a Java that may use 20 MiB: neither memory nor what is read grows with them. */
class BigLogsTest {
    private static final long SIZE = 5L << 30;
    private static final long SMALL = 1 << 20;
    private static final String END = "\nat the end 1\nat the end 2\nat the end 3\n";
    /** How much more may be read of a big log than of a small one. */
    private static final long SLACK = 256 << 10;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void have_little_memory() {
        home.environment().put("BGJOB_JAVA_OPTIONS", "-Xmx20m");
    }

    /** Makes the log as long as that: its own text, a hole, a few lines around the byte in the middle, a hole, and the last lines. */
    private static long grow(JobRecord job, long size) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(job.log().toFile(), "rw")) {
            log.seek(size / 5 * 4);
            log.write("\nin the middle\n".getBytes(StandardCharsets.US_ASCII));
            log.seek(size - END.length());
            log.write(END.getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(size, Files.size(job.log()));
        return size;
    }

    private JobRecord ended(String label, long size) throws IOException {
        JobRecord job = home.start(label, "printf", "first\\nsecond\\n").ended();
        grow(job, size);
        return job;
    }

    /** How many bytes bgjob reads for this: a shell's count has in it what its children read (proc(5)). */
    private long read(String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" >/dev/null 2>&1 || exit; while read -r key value; do [ $key != rchar: ] || echo $value;"
                + " done </proc/$$/io", "sh", JobHome.CHECKOUT.resolve("bgjob").toString()));
        command.addAll(List.of(arguments));
        return Long.parseLong(home.command(command.toArray(new String[0])).run().out().strip());
    }

    private void assertReadsNoMore(long small, long big) {
        assertTrue(small > 0 && big < small + SLACK, big + " bytes of the big log's, " + small + " of the small one's");
    }

    @Test
    @Fault(value = "big logs", promise = "of 5 GiB neither memory nor what is read grows (`logs -n`, `--since`, `--grep`, `follow`)")
    void the_last_lines_are_read_from_the_end() throws IOException {
        ended("big", SIZE);
        ended("small", SMALL);

        assertEquals("at the end 2\nat the end 3\n", home.ok("logs", "big", "-n", "2"));
        assertEquals("at the end 3\n", JsonParser.parseString(home.ok("logs", "big", "-n", "1", "--json")).getAsJsonObject().get("text").getAsString());
        assertReadsNoMore(read("logs", "small", "-n", "3"), read("logs", "big", "-n", "3"));
        assertTrue(read("logs", "small") > read("logs", "small", "-n", "3") + SMALL / 2, "the count counts");
    }

    @Test
    void what_comes_behind_a_byte_is_read_from_there() throws IOException {
        ended("big", SIZE);
        ended("small", SMALL);

        CliRun.Result said = home.bgjob("logs", "big", "--since", Long.toString(SIZE - 8)).noisy().run();
        assertEquals("e end 3\n", said.out());
        assertEquals("cursor " + SIZE + "\n", said.err());
        CliRun.Result beyond = home.bgjob("logs", "big", "--since", Long.toString(SIZE * 3)).noisy().run();
        assertEquals("", beyond.out());
        assertEquals("cursor " + SIZE + "\n", beyond.err());
        assertReadsNoMore(read("logs", "small", "--since", Long.toString(SMALL - 100)), read("logs", "big", "--since", Long.toString(SIZE - 100)));
        String json = home.ok("logs", "big", "--since", Long.toString(SIZE - 13), "--json");
        assertEquals(SIZE - 13, JsonParser.parseString(json).getAsJsonObject().get("from").getAsLong());
        assertEquals("at the end 3\n", JsonParser.parseString(json).getAsJsonObject().get("text").getAsString());
        assertEquals(SIZE, JsonParser.parseString(json).getAsJsonObject().get("next").getAsLong());
    }

    @Test
    void a_reader_that_has_seen_enough_ends_it() throws IOException {
        ended("big", SIZE);
        String middle = Long.toString(SIZE / 5 * 4 + 1);
        String text = "\"$@\" | head -n 1; echo \"$?\"";
        for (String[] from : new String[][] {{"0", "first"}, {middle, "in the middle"}}) {
            CliRun.Result said = home.sh(text, "sh", JobHome.CHECKOUT.resolve("bgjob").toString(), "logs", "big", "--since", from[0]).noisy().run();
            assertEquals(from[1] + "\n0\n", said.out());
        }
        assertEquals("first\nsecond\n", home.sh("\"$@\" | head -n 2", "sh", JobHome.CHECKOUT.resolve("bgjob").toString(), "follow", "big").run().out());
    }

    @Test
    @Fault(value = "big logs", promise = "of 5 GiB neither memory nor what is read grows (`logs -n`, `--since`, `--grep`, `follow`)")
    void a_running_job_is_followed_behind_it() throws IOException {
        JobRecord job = home.start("big", "sh", "-c", "echo begin; gate one; echo one; gate two; echo two").says("begin");
        grow(job, SIZE);
        JobRecord other = home.start("small", "sh", "-c", "echo begin; gate two").says("begin");
        grow(other, SMALL);
        CliRun.Live following = home.bgjob("follow", "big", "-n", "2").noisy().start().says("at the end 3\n");
        home.open("one");
        following.says("one\n");
        long read = charactersRead(following);
        assertTrue(read < SIZE / 100, "follow has read " + read);
        assertReadsNoMore(read("status", "small"), read("status", "big"));
        assertReadsNoMore(read("list", "small"), read("list", "big"));
        CliRun.Live both = home.bgjob("follow", "big", "small", "-n", "1").noisy().start().says("big   | one\n");
        home.open("two");

        assertEquals("at the end 2\nat the end 3\none\ntwo\n", following.await().out());
        assertTrue(both.await().out().contains("big   | two\n"));
        assertEquals(SIZE + "one\ntwo\n".length(), Files.size(job.log()), "the job wrote behind the end");
    }

    private static long charactersRead(CliRun.Live call) throws IOException {
        String io = Files.readString(Path.of("/proc", Long.toString(call.process().pid()), "io"));
        return Long.parseLong(io.substring(io.indexOf("rchar: ") + 7, io.indexOf('\n')));
    }

    @Test
    void a_line_of_any_length_is_searched_in_pieces() throws IOException {
        ended("long", 150L << 20);

        assertEquals("second\n", home.ok("logs", "long", "--grep", "sec.nd"));
        assertEquals("in the middle\nat the end 2\n", home.ok("logs", "long", "--grep", "^in the|end 2"));
        home.bgjob("logs", "long", "--grep", "no such text").exits(1).run();
    }
}
