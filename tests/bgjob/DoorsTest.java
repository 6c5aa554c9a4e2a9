package bgjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.core.ItemResult;
import bgjob.core.QueueState;
import bgjob.core.RunStats;
import bgjob.core.Statistics;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.JobState;
import bgjob.job.Kind;
import bgjob.support.Await;
import bgjob.support.JobHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The library's further doors, by real jobs: queues, batches, snapshots, and what many runs add up to. */
class DoorsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private Bgjob jobs;

    @BeforeEach
    void open() {
        jobs = Bgjob.open(home.logs());
    }

    private JobId shell(String label, String text) {
        return jobs.submit(JobSpec.builder(label, "sh", "-c", text).in(home.work()).build());
    }

    private JobId gated(String label, String gate, String queue, int priority) {
        return jobs.submit(JobSpec.builder(label, "sh", "-c", "until [ -e " + gate + " ]; do sleep 0.02; done").in(home.work()).queue(queue)
                .priority(priority).build());
    }

    private static void refused(Kind kind, String part, org.junit.jupiter.api.function.Executable call) {
        BgjobException e = assertThrows(BgjobException.class, call);
        assertEquals(kind + " " + part, e.kind() + " " + (e.getMessage().contains(part) ? part : e.getMessage()));
    }

    @Test
    void a_queue_has_slots_and_an_order_and_both_can_be_seen_and_changed() {
        JobId first = gated("first", "gate", "q", 0);
        Await.until("the first runs", () -> jobs.queues().find("q").running().equals(List.of(first)));
        JobId low = gated("low", "gate", "q", 0);
        Await.until("it stands in line", () -> jobs.queues().find("q").waiting().equals(List.of(low)));
        JobId high = gated("high", "gate", "q", 5);
        Await.until("it stands before it", () -> jobs.queues().find("q").waiting().equals(List.of(high, low)));
        assertEquals(List.of(new QueueState("q", 1, List.of(first), List.of(high, low))), jobs.queues().all());
        assertEquals(JobState.QUEUED, jobs.status(low).state());
        assertEquals(2, jobs.status(low).standing().place());

        jobs.queues().slots("q", 2);
        Await.until("the one of higher priority runs", () -> jobs.queues().find("q").running().size() == 2);
        assertEquals(List.of(low), jobs.queues().find("q").waiting());
        home.open("gate");
        assertEquals(List.of(first, high, low), jobs.awaitAll(List.of(first, high, low), LONG).stream().map(Job::id).toList());

        refused(Kind.NOT_FOUND, "no queue 'r'", () -> jobs.queues().find("r"));
        refused(Kind.USAGE, "'a/b'", () -> jobs.queues().slots("a/b", 1));
        refused(Kind.USAGE, "'0'", () -> jobs.queues().slots("q", 0));
        refused(Kind.USAGE, "'.q'", () -> JobSpec.builder("a").queue(".q"));
        refused(Kind.USAGE, "'1001' is no number of slots", () -> JobSpec.builder("a").slots(1001));
        refused(Kind.USAGE, "'-1001' is no priority", () -> JobSpec.builder("a").priority(-1001));
        refused(Kind.USAGE, "belong to a queue", () -> JobSpec.builder("a", "true").priority(1).build());
    }

    @Test
    void a_job_waits_for_another_to_end_well_or_anyhow() {
        JobId before = shell("before", "until [ -e gate ]; do sleep 0.02; done; exit 1");
        JobId never = jobs.submit(JobSpec.builder("never", "touch", "ran").in(home.work()).after(before.toString()).build());
        JobId anyhow = jobs.submit(JobSpec.builder("anyhow", "true").in(home.work()).afterAny("before").build());
        assertEquals(List.of(before), jobs.status(never).standing().waitingFor());
        refused(Kind.TIME_OUT, "not all of", () -> jobs.awaitAll(List.of(before, anyhow), Duration.ofMillis(50)));
        home.open("gate");

        assertEquals(JobState.COMPLETED, jobs.await(anyhow, LONG).state());
        assertTrue(jobs.await(never, LONG).state() != JobState.COMPLETED && !Files.exists(home.work().resolve("ran")));
        refused(Kind.NOT_FOUND, "nobody", () -> jobs.submit(JobSpec.builder("a", "true").after("nobody").build()));
        refused(Kind.USAGE, "'a b'", () -> JobSpec.builder("a").after("a b"));
    }

    @Test
    void a_batch_runs_for_each_item_and_what_failed_can_run_again() {
        List<String> items = List.of("a", "b c", "$(x) 'q'\n\u00fc", "");
        JobSpec spec = JobSpec.builder("many", "sh", "-c", "printf '<%s>\\n' \"$1\"; [ \"$1\" != 'b c' ] || [ -e mended ]", "sh").in(home.work()).build();
        JobId id = jobs.batches().submit(spec, 2, items);
        assertEquals(JobState.FAILED, jobs.await(id, LONG).state());

        List<ItemResult> results = jobs.batches().items(id);
        assertEquals(items, results.stream().map(result -> result.item().text()).toList());
        assertEquals(List.of("completed", "failed", "completed", "completed"), results.stream().map(result -> result.state().word()).toList());
        for (int n = 1; n <= items.size(); n++) {
            assertEquals("<" + items.get(n - 1) + ">\n", jobs.batches().logs(id, n, 0).text());
        }
        assertEquals(results, jobs.result(id).items());

        home.write("mended", "");
        JobId again = jobs.batches().rerunFailed(id);
        assertEquals(JobState.COMPLETED, jobs.await(again, LONG).state());
        assertEquals(List.of(2), jobs.batches().items(again).stream().map(result -> result.item().number()).toList());
        refused(Kind.FAILED, "every item", () -> jobs.batches().rerunFailed(again));
        JobId placed = jobs.batches().submit(JobSpec.of("placed", "echo", "{#}-{}", "end"), 1, List.of("x"));
        jobs.await(placed, LONG);
        assertEquals("1-x end\n", jobs.batches().logs(placed, 1, 0).text());

        refused(Kind.NOT_FOUND, "no item 9", () -> jobs.batches().logs(id, 9, 0));
        refused(Kind.USAGE, "-1 is no place", () -> jobs.batches().logs(id, 1, -1));
        refused(Kind.USAGE, "no items", () -> jobs.batches().submit(spec, 1, List.of()));
        refused(Kind.USAGE, "'0' is no number of slots", () -> jobs.batches().submit(spec, 0, items));
        refused(Kind.USAGE, "word 1 of the items holds a NUL", () -> jobs.batches().submit(spec, 1, List.of("a\0")));
        refused(Kind.USAGE, "is no batch", () -> jobs.batches().items(shell("plain", "true")));
        refused(Kind.USAGE, "no command", () -> jobs.batches().submit(JobSpec.of("none"), 1, items));
    }

    @Test
    void a_job_runs_again_on_the_files_that_a_snapshot_saved() throws Exception {
        Path file = home.write("file.txt", "changed\n");
        JobId id = jobs.submit(JobSpec.builder("snap", "cat", "file.txt").in(home.work()).snapshot().build());
        jobs.await(id, LONG);
        assertTrue(jobs.status(id).leavings().saved().bytes() > 0);
        Files.writeString(file, "changed once more\n");

        JobId again = jobs.rerunAtCommit(id);
        assertEquals(JobState.COMPLETED, jobs.await(again, LONG).state());
        assertEquals("changed\n", jobs.logs(again, 0).text());
        refused(Kind.USAGE, "no git repository", () -> jobs.submit(JobSpec.builder("a", "true").in(Path.of("/")).snapshot().build()));
    }

    @Test
    void runs_add_up_and_two_are_compared() {
        JobId good = shell("t", "echo same; echo took 1.5 s; echo old");
        jobs.await(good, LONG);
        JobId bad = shell("t", "echo same; echo took 2.5 s; echo new; exit 1");
        jobs.await(bad, LONG);
        jobs.await(shell("other", "true"), LONG);

        Statistics all = jobs.runs().statistics(null, null);
        assertEquals("3 2 1", all.total().runs() + " " + all.groups().size() + " " + all.total().failures());
        RunStats label = jobs.runs().statistics("t", Instant.now().minusSeconds(3600)).total();
        assertEquals(bad, label.firstBad().id());
        assertEquals(label.percentile(50), label.shortest());
        assertEquals(jobs.status(good).git().sha(), jobs.runs().byCommit("t", null).groups().get(0).name());
        assertEquals(0, jobs.runs().statistics("t", Instant.now().plusSeconds(5)).total().runs());
        assertThrows(UnsupportedOperationException.class, () -> label.slowest().clear());

        assertEquals(List.of(" same", "-took 1.5 s", "-old", "+took 2.5 s", "+new"), jobs.runs().compare(good, bad, false).log().hunks().get(0).lines());
        assertEquals(1, jobs.runs().compare(good, bad, true).log().added());
        refused(Kind.NOT_FOUND, "no job", () -> jobs.runs().compare(JobId.parse("t_20260101_000000"), bad, false));
    }

    @Test
    void where_it_runs_is_said_in_words_that_are_known() {
        refused(Kind.USAGE, "'moon' is no place", () -> JobSpec.builder("a").on("moon"));
        refused(Kind.USAGE, "'--mem=1G' is no option for a job on local", () -> JobSpec.builder("a").on("local", "--mem=1G"));
        refused(Kind.USAGE, "'mem=1G' is no option", () -> JobSpec.builder("a").on("slurm", "mem=1G"));
        refused(Kind.USAGE, "word 1 of the options", () -> jobs.submit(JobSpec.builder("a", "true").on("slurm", "--x=\0").build()));
        assertEquals(JobState.COMPLETED, jobs.await(jobs.submit(JobSpec.builder("a", "true").on("local").build()), LONG).state());
        assertEquals(65536, JobSpec.builder("a", "true").maxLog(70_000).build().limits().maxLog(), "a whole number of 16 KiB, as the shell needs it");
        refused(Kind.USAGE, "no size for a log", () -> JobSpec.builder("a").maxLog(Long.MAX_VALUE));
        BgjobException e = assertThrows(BgjobException.class, () -> jobs.find("nobody"));
        assertEquals(DoorsTest.class.getName(), List.of(e.getStackTrace()).stream().map(StackTraceElement::getClassName)
                .filter(DoorsTest.class.getName()::equals).findFirst().orElse("where it was called is not told"));
    }
}
