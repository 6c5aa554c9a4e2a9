package e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.BatchRecord;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --max-log}: a log that would fill the disk loses its middle, and nothing else. */
@Tag("waiting")
class CapTest {
    private static final long CAP = 1 << 20;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private JobRecord yes() {
        return started("echo first; yes 0123456789 & y=$!; gate stop; kill $y; echo last");
    }

    private JobRecord started(String text) {
        return home.started(home.ok("run", "yes", "--max-log", "1M", "--sh", text));
    }

    private static long dropped(JobRecord job) {
        String fact = job.fact("log_dropped");
        return fact == null || fact.isEmpty() ? 0 : Long.parseLong(fact.substring(fact.indexOf('-') + 1));
    }

    /** What the log takes on the disk, by du(1). */
    private long room(JobRecord job) {
        return room(job.log());
    }

    private long room(Path log) {
        return Long.parseLong(home.command("du", "-k", log.toString()).run().out().split("\t")[0]) * 1024;
    }

    private static byte[] part(JobRecord job, long from, int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(job.log().toFile(), "r")) {
            byte[] bytes = new byte[length];
            file.seek(from);
            file.readFully(bytes);
            return bytes;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox", "ksh93", "mksh", "zsh", "yash"})
    void a_job_that_prints_without_end_runs_on_and_its_log_keeps_its_ends(String shell) throws IOException {
        String path = Tool.need(shell);
        Tool.need("fallocate");
        home.environment().put("BGJOB_SH", shell.equals("busybox") ? home.program("ash", "exec " + path + " ash \"$@\"").toString() : path);
        JobRecord job = yes();
        Await.until("something was dropped twice", () -> job.facts("log_dropped").size() > 1);
        assertEquals("running", home.state("yes"));
        home.open("stop");

        job.ended();

        assertTrue(room(job) <= CAP, room(job) + " bytes of " + Files.size(job.log()));
        assertTrue(Files.size(job.log()) > 4 * CAP);
        assertEquals("0", job.exitText());
        assertEquals(List.of(), job.facts("left"), "the watcher is nothing that the command left");
        assertEquals("first\n0123456789\n", new String(part(job, 0, 17), StandardCharsets.UTF_8));
        assertTrue(new String(part(job, CAP / 4, 60), StandardCharsets.UTF_8).matches("(?s)\n--- bgjob: \\d+ KiB were dropped here, see --max-log.*"));
        assertArrayEquals("last\n".getBytes(StandardCharsets.UTF_8), part(job, Files.size(job.log()) - 5, 5));
        Await.until("nothing is left of it", () -> home.processes().isEmpty());
    }

    @Test
    void readers_pass_over_the_hole_with_one_line_and_cursors_stay_valid() throws IOException {
        Tool.need("fallocate");
        JobRecord job = yes();
        Await.until("something was dropped", () -> dropped(job) > 0);
        var follow = home.bgjob("follow", "yes").noisy().start();
        home.open("stop");
        job.ended();
        long gone = dropped(job);
        long size = Files.size(job.log());

        byte[] shown = home.bgjob("logs", "yes").run().outBytes();
        String text = new String(shown, StandardCharsets.UTF_8);
        assertEquals(1, text.lines().filter(line -> line.matches("… \\d.* dropped \\(--max-log\\) …")).count());
        assertEquals(-1, text.indexOf('\0'));
        assertTrue(text.startsWith("first\n") && text.endsWith("last\n"));
        assertTrue(shown.length - (size - gone) - CAP / 4 < 100, "all that is there is shown");
        assertEquals(-1, follow.await().out().indexOf('\0'));

        var since = home.bgjob("logs", "yes", "--since", Long.toString(size - 5)).noisy().run();
        assertEquals("last\n", since.out());
        assertEquals("cursor " + size, since.err().strip());
        assertEquals("cursor " + size, home.bgjob("logs", "yes", "--since", Long.toString(gone / 2)).noisy().run().err().strip());
        assertEquals("first\n", home.ok("logs", "yes", "--grep", "first"));
        long lines = text.lines().count();
        assertTrue(home.ok("logs", "yes", "-n", Long.toString(lines - 4)).contains(" dropped (--max-log) "), "the last lines begin before the hole");
        JsonObject json = JsonParser.parseString(home.ok("logs", "yes", "--since", "0", "--json")).getAsJsonObject();
        assertEquals(size, json.get("next").getAsLong());
        assertEquals(gone - CAP / 4, home.status("yes").get("log_dropped_bytes").getAsLong());
        assertTrue(home.ok("status", "yes").contains("\nDropped:   "));
        String last = home.bgjob("follow", "yes", "--json").run().lines().stream().filter(line -> line.contains("last\\n")).findFirst().orElseThrow();
        assertEquals(size, JsonParser.parseString(last).getAsJsonObject().get("next").getAsLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox", "zsh"})
    void each_item_of_a_batch_is_bounded_as_well_and_its_hole_is_no_part_of_the_batch_log(String shell) throws IOException {
        String path = Tool.need(shell);
        Tool.need("fallocate");
        home.environment().put("BGJOB_SH", shell.equals("busybox") ? home.program("ash", "exec " + path + " ash \"$@\"").toString() : path);
        String text = "echo first {}; [ {} = small ] || { yes 0123456789 & y=$!; gate stop; kill $y; }; echo last {}";
        BatchRecord batch = new BatchRecord(home.started(home.bgjob("batch", "items", "--slots", "2", "--max-log", "1M", "--sh", text)
                .stdin("big\nsmall\n").run().out()));
        JobRecord job = batch.job();
        Await.until("something was dropped twice", () -> job.facts("item_log_dropped").size() > 1);
        assertTrue(home.ok("logs", "items", "--item", "1").contains(" dropped (--max-log) "));
        home.open("stop");

        assertEquals("0", job.ended().exitText());
        Path log = batch.folder().resolve("1.log");
        assertTrue(room(log) <= CAP, room(log) + " bytes of " + Files.size(log));
        assertTrue(Files.size(log) > 4 * CAP);
        String item = home.ok("logs", "items", "--item", "1");
        assertTrue(item.startsWith("first big\n0123456789\n") && item.endsWith("last big\n"), "its ends are there");
        assertEquals(-1, item.indexOf('\0'));
        assertTrue(Files.size(job.log()) <= CAP + 200, "the batch's log is " + Files.size(job.log()) + " bytes long");
        String all = job.output();
        assertEquals(-1, all.indexOf('\0'));
        assertTrue(all.contains("first big\n") && all.contains("last big\n") && all.contains("first small\nlast small\n"));
        assertTrue(all.matches("(?s).*\n--- bgjob: \\d+ KiB were dropped here, see --max-log ---\n.*"), "it says where something is missing");
    }

    @Test
    void without_fallocate_Python_makes_the_hole() throws IOException {
        Tool.need("python3");
        home.program("fallocate", "exit 127");
        JobRecord job = yes();
        Await.until("something was dropped", () -> dropped(job) > 0);
        home.open("stop");

        assertTrue(room(job.ended()) <= CAP);
        assertEquals(List.of(), job.facts("max_log_failed"));
    }

    @Test
    void where_no_hole_can_be_made_that_is_said_and_all_of_the_log_stays() throws IOException {
        home.program("fallocate", "echo 'fallocate: fallocate failed: Operation not supported' >&2; exit 1");
        home.program("python3", "echo 'Operation not supported' >&2; exit 1");
        JobRecord job = started("echo first; yes 0123456789 | head -c 3000000; gate stop; echo last");
        Await.until("it is said", () -> !job.facts("max_log_failed").isEmpty());
        home.open("stop");
        job.ended();

        assertEquals(3_000_011, Files.size(job.log()));
        assertEquals(3_000_011, home.bgjob("logs", "yes").run().outBytes().length);
        assertEquals(0, home.status("yes").get("log_dropped_bytes").getAsLong());
        assertTrue(home.ok("status", "yes").contains("no part of it can be dropped here: fallocate: fallocate failed: Operation not supported"));
    }

    @Test
    void a_watcher_that_is_killed_changes_no_ending_and_the_end_is_short_all_the_same() throws IOException {
        Tool.need("fallocate");
        JobRecord job = yes();
        Await.until("something was dropped", () -> dropped(job) > 0);
        long command = Long.parseLong(job.fact("child_pid"));
        long leader = job.leader().pid();
        home.processes().stream().filter(process -> process.ppid() == leader && process.pid() != command).forEach(watcher -> watcher.signal("KILL"));
        home.open("stop");

        assertEquals("0", job.ended().exitText());
        assertTrue(room(job) <= CAP);
    }

    @Test
    void it_comes_with_the_job_when_that_runs_again_and_from_the_environment() {
        JobRecord first = home.started(home.ok("run", "a", "--max-log", "2M", "--", "true")).ended();
        JobRecord again = home.started(home.ok("rerun", "a")).ended();
        home.environment().put("BGJOB_MAX_LOG", "512K");
        JobRecord environment = home.started(home.ok("run", "b", "--", "true")).ended();
        JobRecord none = home.started(home.ok("run", "c", "--max-log", "none", "--", "true")).ended();

        assertEquals(List.of("2097152"), first.facts("max_log"));
        assertEquals(List.of("2097152"), again.facts("max_log"));
        assertEquals(List.of("524288"), environment.facts("max_log"));
        assertEquals(List.of(), none.facts("max_log"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "-1", "1.5G", "63K", "2000G", "10MB"})
    void a_bad_size_is_a_usage_error_that_names_it(String size) {
        String said = home.fails(2, "run", "bad", "--max-log", size, "--", "true");

        assertTrue(said.contains("--max-log '" + size + "' is no size; write a number and a unit, such as 64K, 500M or 2G, from 64K to 1T, or none")
                || size.isEmpty() && said.contains("'' is no size"), said);
        assertFalse(Files.exists(home.logs()));
    }
}
