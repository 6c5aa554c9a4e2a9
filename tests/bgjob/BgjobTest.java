package bgjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.core.JobFilter;
import bgjob.core.PruneReceipt;
import bgjob.core.PruneRequest;
import bgjob.core.StopReceipt;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.JobState;
import bgjob.job.Kind;
import bgjob.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.function.Executable;

/** The library's door, by real jobs. */
class BgjobTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    private Bgjob jobs;

    @BeforeEach
    void open() {
        jobs = Bgjob.open(temp.resolve("dir/.logs"));
    }

    @AfterEach
    void stop() {
        for (Job job : jobs.list(JobFilter.ALL.running())) {
            jobs.stop(job.id(), "KILL", Duration.ZERO, null);
        }
    }

    private JobId shell(String label, String text) {
        return jobs.submit(JobSpec.builder(label, "sh", "-c", text).in(temp).build());
    }

    private static void refused(Kind kind, String part, Executable call) {
        BgjobException e = assertThrows(BgjobException.class, call);
        assertEquals(kind, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private void gone(JobId id) {
        refused(Kind.NOT_FOUND, "no job '" + id + "'", () -> jobs.status(id));
    }

    @Test
    void a_job_is_submitted_awaited_and_told() {
        JobId id = jobs.submit(JobSpec.builder("a", "sh", "-c", "echo \"$X $1\"; pwd; exit 3", "sh", "b  c").in(temp).env("X", "x=y").build());
        Job job = jobs.await(id, LONG);

        assertEquals(JobState.FAILED, job.state());
        assertEquals(3, job.exit().code());
        assertEquals("x=y b  c\n" + temp + "\n", jobs.logs(id, 0).text());
        assertEquals(id, jobs.find("a"));
        assertEquals(List.of("x=y b  c", temp.toString()), jobs.result(id).lastLines());
        assertThrows(UnsupportedOperationException.class, () -> job.command().set(0, "other"));
    }

    @Test
    void its_bounds_reach_the_job() {
        JobId late = jobs.submit(JobSpec.builder("late", "sleep", "60").timeout(Duration.ofSeconds(1)).grace(Duration.ZERO).build());
        Path hook = temp.resolve("hook");
        JobId again = jobs.submit(JobSpec.builder("again", "sh", "-c", "exit $((6 + BGJOB_ATTEMPT))").retry(2, Duration.ZERO, 7)
                .onExit("echo $BGJOB_EXIT >'" + hook + "'").nice(1).build());

        assertEquals(8, jobs.await(again, LONG).exit().code());
        Await.until("the hook has run", () -> hook.toFile().length() == 2);
        assertEquals(JobState.TIMED_OUT, jobs.await(late, LONG).state());
    }

    @Test
    void waiting_ends_when_time_runs_out_and_the_job_goes_on() {
        JobId id = shell("slow", "exec sleep 60");

        refused(Kind.TIME_OUT, id.toString(), () -> jobs.await(id, Duration.ofMillis(50)));
        refused(Kind.TIME_OUT, id.toString(), () -> jobs.await(id, Duration.ZERO));
        assertEquals(JobState.RUNNING, jobs.status(id).state());
        JobId quick = shell("quick", "true");
        assertEquals(quick, jobs.awaitAny(List.of(id, quick), LONG).id());
    }

    @Test
    void a_job_is_stopped_and_the_receipt_says_how() {
        JobId id = shell("slow", "echo up; exec sleep 60");
        Await.until("it can hear INT", () -> jobs.tail(id, 1).text().contains("up"));
        StopReceipt receipt = jobs.stop(id, "sigint", Duration.ofSeconds(5), "seen enough");

        assertEquals(JobState.STOPPED, receipt.job().state());
        assertEquals(List.of("INT"), receipt.signals());
        assertEquals("seen enough", jobs.result(id).stop().reason());
        assertEquals(List.of(), jobs.stop(id).signals());
    }

    @Test
    void a_job_is_held_and_goes_on_under_its_own_id() {
        JobId id = shell("held", "exec sleep 60");
        jobs.pause(id);
        assertEquals(JobState.PAUSED, jobs.status(id).state());
        refused(Kind.FAILED, "is paused", () -> jobs.pause(id));

        assertEquals(id, jobs.resume(id));
        assertEquals(JobState.RUNNING, jobs.status(id).state());
        refused(Kind.FAILED, "is running", () -> jobs.resume(id));
    }

    @Test
    void a_job_that_paused_itself_goes_on_as_a_new_one_with_its_checkpoint() {
        JobId first = shell("p", "cd \"$BGJOB_CHECKPOINT\"; if [ -e at ]; then cat at; else echo half >at; echo busy >\"$BGJOB_RESULT\"; exit 75; fi");
        assertEquals("busy", jobs.await(first, LONG).reason());

        JobId second = jobs.resume(first);
        assertEquals(JobState.COMPLETED, jobs.await(second, LONG).state());
        assertEquals("half\n", jobs.logs(second, 0).text());
        assertEquals(first.toString(), jobs.status(second).parent());
        assertEquals("busy\n", jobs.result(first).left().text());
        assertEquals(JobState.FAILED, jobs.await(jobs.rerun(shell("q", "exit 1")), LONG).state());
    }

    @Test
    void progress_is_told_and_null_where_nothing_tells() {
        JobId quiet = shell("quiet", "exec sleep 60");
        JobId counting = shell("counting", "echo '3/4 three' >>\"$BGJOB_PROGRESS\"; echo 'failed two' >>\"$BGJOB_PROGRESS\"; exec sleep 60");

        assertNull(jobs.progress(quiet));
        Await.until("it has counted", () -> jobs.progress(counting) != null && jobs.progress(counting).failedCount() == 1);
        assertEquals(75, jobs.progress(counting).percent());
        assertEquals(List.of("two"), jobs.progress(counting).failed());
    }

    @Test
    void a_log_is_read_from_its_end_and_onwards_in_whole_characters() {
        JobId id = shell("log", "printf 'one\\ntwo\\nthr\\303'; until [ -e go ]; do sleep 0.02; done; printf '\\244\\n'");
        Await.until("it has printed", () -> jobs.logs(id, 0).next() == 11);
        assertEquals("two\nthr", jobs.tail(id, 2).text());
        assertEquals("", jobs.logs(id, 11).text());

        write("go");
        jobs.await(id, LONG);
        assertEquals(new LogPart(8, 14, "thr\u00e4\n"), jobs.logs(id, 8));
        assertEquals(new LogPart(14, 14, ""), jobs.logs(id, 99));
        assertEquals(new LogPart(14, 14, ""), jobs.tail(id, 0));
    }

    @Test
    void a_long_log_comes_in_parts() {
        JobId id = shell("long", "yes 0123456 | head -c 3000000");
        jobs.await(id, LONG);
        StringBuilder all = new StringBuilder();
        LogPart part = jobs.logs(id, 0);
        int parts = 0;
        while (!part.text().isEmpty()) {
            all.append(part.text());
            part = jobs.logs(id, part.next());
            parts++;
        }
        assertEquals("0123456\n".repeat(375_000), all.toString());
        assertEquals(3, parts);
        assertEquals(1 << 20, jobs.tail(id, 1_000_000).text().length());
    }

    private void write(String name) {
        try {
            Files.write(temp.resolve(name), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void lists_are_filtered() {
        JobId good = shell("a", "true");
        jobs.await(good, LONG);
        JobId bad = shell("b", "exit 1");
        jobs.await(bad, LONG);
        JobId slow = shell("a", "exec sleep 60");

        assertEquals(Set.of(slow, bad, good), Set.copyOf(ids(JobFilter.ALL))); // two labels in one second come in either order
        assertEquals(List.of(slow, good), ids(JobFilter.ALL.label("a")));
        assertEquals(Set.of(bad, good), Set.copyOf(ids(JobFilter.ALL.states(JobState.FAILED, JobState.COMPLETED))));
        assertEquals(List.of(slow), ids(JobFilter.ALL.running()));
        assertEquals(List.of(slow), ids(JobFilter.ALL.label("a").newest(1)));
        assertEquals(List.of(), ids(JobFilter.ALL.since(Instant.now().plusSeconds(5))));
    }

    private List<JobId> ids(JobFilter filter) {
        return jobs.list(filter).stream().map(Job::id).toList();
    }

    @Test
    void records_are_removed() {
        JobId old = shell("a", "true");
        jobs.await(old, LONG);
        JobId kept = shell("a", "true");
        jobs.await(kept, LONG);

        assertEquals(1, jobs.prune(PruneRequest.ALL_BUT_THE_NEWEST.rehearsed()).removed().size());
        assertEquals(0, jobs.prune(PruneRequest.ALL_BUT_THE_NEWEST.olderThan(Duration.ofDays(1))).removed().size());
        assertEquals(0, jobs.prune(PruneRequest.ALL_BUT_THE_NEWEST.label("b")).removed().size());
        PruneReceipt receipt = jobs.prune(PruneRequest.ALL_BUT_THE_NEWEST);
        assertEquals(old, receipt.removed().get(0).id());
        gone(old);
        assertEquals(List.of(kept), ids(JobFilter.ALL));
        assertEquals(1, jobs.prune(PruneRequest.ALL_BUT_THE_NEWEST.keep(0).states(JobState.COMPLETED)).removed().size());
    }

    @Test
    void what_makes_no_sense_is_refused_in_a_sentence() {
        JobId none = JobId.parse("none_20260101_000000");
        gone(none);
        refused(Kind.NOT_FOUND, "no job", () -> jobs.stop(none));
        refused(Kind.NOT_FOUND, "no job", () -> jobs.await(none, LONG));
        refused(Kind.NOT_FOUND, "no job", () -> jobs.awaitAny(List.of(none), null));
        refused(Kind.NOT_FOUND, "'nothing'", () -> jobs.find("nothing"));
        refused(Kind.USAGE, "'a b'", () -> jobs.find("a b"));
        refused(Kind.USAGE, "'a/b'", () -> jobs.submit("a/b", "true"));
        refused(Kind.USAGE, "no command", () -> jobs.submit("a"));
        refused(Kind.USAGE, "word 2 of the command holds a NUL", () -> jobs.submit("a", "echo", "b\0"));
        refused(Kind.USAGE, "half a character", () -> jobs.submit("a", "echo", "\ud800"));
        refused(Kind.USAGE, "no directory", () -> jobs.submit(JobSpec.builder("a", "true").in(temp.resolve("none")).build()));
        refused(Kind.USAGE, "'B C=1'", () -> jobs.submit(JobSpec.builder("a", "true").env("B C", "1").build()));
        refused(Kind.USAGE, "'256' is no exit status", () -> JobSpec.builder("a").retry(1, Duration.ZERO, 256));
        refused(Kind.USAGE, "'PT0.3S' is no length of time", () -> JobSpec.builder("a").timeout(Duration.ofMillis(300)));
        refused(Kind.USAGE, "whole seconds from 1 s", () -> JobSpec.builder("a").timeout(Duration.ofMillis(1500)));
        refused(Kind.USAGE, "whole seconds from 0 s", () -> JobSpec.builder("a").grace(Duration.ofMillis(200)));
        refused(Kind.USAGE, "whole seconds from 0 s", () -> JobSpec.builder("a").retry(1, Duration.ofNanos(1)));
        assertEquals(List.of(), jobs.list(JobFilter.ALL));
        assertFalse(Files.exists(jobs.directory()), "reading made a directory");

        JobId id = shell("a", "exec sleep 60");
        refused(Kind.USAGE, "'NOPE' is no signal", () -> jobs.stop(id, "NOPE", Duration.ZERO, null));
        refused(Kind.USAGE, "PT-1S", () -> jobs.stop(id, "TERM", Duration.ofSeconds(-1), null));
        refused(Kind.USAGE, "-1 lines", () -> jobs.tail(id, -1));
        refused(Kind.USAGE, "-1 is no place", () -> jobs.logs(id, -1));
        refused(Kind.USAGE, "no job to wait for", () -> jobs.awaitAny(List.of(), null));
        assertEquals(JobState.RUNNING, jobs.status(id).state());
    }

    @Test
    void a_negative_number_and_a_null_mean_nothing_else() {
        JobId id = shell("a", "true");
        jobs.await(id, LONG);
        PruneRequest none = PruneRequest.ALL_BUT_THE_NEWEST.keep(0);
        refused(Kind.USAGE, "'PT-24H' is no age; from 0 s", () -> jobs.prune(none.olderThan(Duration.ofDays(-1))));
        refused(Kind.USAGE, "'PT87600000H' is no age", () -> jobs.prune(none.olderThan(Duration.ofDays(3_650_000))));
        refused(Kind.USAGE, "'-1' is no number of jobs to keep; a number from 0 up", () -> jobs.prune(none.keep(-1)));
        refused(Kind.USAGE, "'null' is no label", () -> jobs.prune(none.label(null)));
        refused(Kind.USAGE, "'null' is no label", () -> jobs.list(JobFilter.ALL.label(null)));
        refused(Kind.USAGE, "'-1' is no number of jobs; a number from 0 up", () -> jobs.list(JobFilter.ALL.newest(-1)));
        refused(Kind.USAGE, "-1 is no place in a log", () -> jobs.follow(id, -1, (bytes, from, length) -> { }));
        refused(Kind.USAGE, "'null' is no value for the variable X", () -> JobSpec.builder("a").env("X", null));
        refused(Kind.USAGE, "'null' is no text to run on exit", () -> JobSpec.builder("a").onExit(null));
        refused(Kind.USAGE, "' ' is no text to run on exit", () -> JobSpec.builder("a").onExit(" "));
        assertEquals(List.of(id), ids(JobFilter.ALL));
    }

    @Test
    void the_directory_is_the_one_that_the_command_line_would_take() {
        assertEquals(new Wiring().open(null).directory(), Bgjob.open().directory().toString());
        assertTrue(jobs.directory().endsWith(".logs") && jobs.directory().isAbsolute());
    }
}
