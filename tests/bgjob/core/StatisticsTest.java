package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import bgjob.job.JobState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
    @TempDir
    Path temp;

    private final FakeBackend backend = new FakeBackend();
    private Records records;
    private Jobs jobs;

    @BeforeEach
    void make() {
        records = new Records(temp);
        jobs = new Jobs(records.path(), List.of(backend), new SubmitOptions("/bin/sh", "me"));
    }

    /** A run of the minute {@code n} that took so many seconds. */
    private void run(String label, int n, int exit, int seconds, String sha) {
        String id = label + "_20260101_00" + (n < 10 ? "0" + n : n) + "00";
        records.write(id + ".meta", "label=" + label + "\ncreated=2026-01-01T00:00:00Z\nstarted=2026-01-01T00:00:00Z\ngit_sha=" + sha
                + "\ngit_dirty=false\nuptime=100.00\nuptime_end=" + (100 + seconds) + ".00\nended=2026-01-01T00:01:00Z\nexit=" + exit + "\n");
        records.write(id + ".exit", exit + "\n");
    }

    private RunStats of(String label) {
        return jobs.statistics(label, 0, false).total();
    }

    @Test
    void percentiles_are_those_of_the_nearest_rank_over_completed_runs() {
        for (int n = 1; n <= 20; n++) {
            run("x", n, 0, 21 - n, "a");
        }
        run("x", 21, 1, 1000, "a");
        RunStats stats = of("x");

        assertEquals(20, stats.timed());
        assertEquals(10_000L, stats.percentile(50));
        assertEquals(19_000L, stats.percentile(95));
        assertEquals(20_000L, stats.percentile(100));
        assertEquals(1_000L, stats.percentile(1));
        assertEquals(1_000L, stats.shortest());
        assertEquals(List.of(20_000L, 19_000L, 18_000L, 17_000L, 16_000L), stats.slowest().stream().map(RunStats.Run::duration).toList());
    }

    @Test
    void of_one_run_every_percentile_is_its_duration_and_of_none_there_is_none() {
        run("x", 1, 0, 7, "a");
        run("y", 1, 2, 7, "a");

        assertEquals(7_000L, of("x").percentile(50));
        assertEquals(7_000L, of("x").percentile(95));
        assertNull(of("y").percentile(50));
        assertNull(of("y").shortest());
        assertEquals(List.of(), of("y").trend());
    }

    @Test
    void the_trend_has_the_newest_completed_runs_the_oldest_first() {
        for (int n = 1; n <= 25; n++) {
            run("x", n, n == 25 ? 1 : 0, n, "a");
        }
        List<Long> trend = of("x").trend();

        assertEquals(RunStats.TREND, trend.size());
        assertEquals(5_000L, trend.get(0));
        assertEquals(24_000L, trend.get(19));
    }

    @Test
    void what_failed_or_was_lost_counts_against_the_rate_and_what_was_stopped_or_runs_does_not() {
        run("x", 1, 0, 1, "a");
        run("x", 2, 1, 1, "a");
        run("x", 3, 75, 1, "a");
        records.ended("x_20260101_000400", 143, "stop_signal=TERM");
        records.started("x_20260101_000500");
        RunStats running = of("x");
        assertEquals(2, running.judged());
        assertEquals(1, running.failures());
        assertEquals(1, running.count(JobState.RUNNING));
        assertEquals(1, running.count(JobState.STOPPED));
        assertEquals(1, running.count(JobState.PAUSED));

        backend.end();
        assertEquals(3, of("x").judged());
        assertEquals(1, of("x").count(JobState.LOST));
        assertEquals(5, of("x").runs());
    }

    @Test
    void the_first_failing_commit_is_that_of_the_first_failure_behind_the_last_success() {
        run("x", 1, 1, 1, "a");
        run("x", 2, 0, 1, "b");
        run("x", 3, 1, 1, "c");
        run("x", 4, 1, 1, "d");

        assertEquals("c", of("x").firstBad().sha());
        assertEquals("b", of("x").lastGood().sha());
        assertEquals("d", of("x").lastFailure().sha());
        run("x", 5, 0, 1, "e");
        assertNull(of("x").firstBad());
        assertEquals("d", of("x").lastFailure().sha());
    }

    @Test
    void labels_or_commits_are_told_apart_the_one_that_ran_last_first() {
        run("x", 1, 0, 1, "a");
        run("y", 2, 0, 1, "b");
        run("x", 3, 1, 1, "b");

        assertEquals(List.of("x", "y"), jobs.statistics(null, 0, false).groups().stream().map(RunStats::name).toList());
        assertEquals(List.of("b", "a"), jobs.statistics("x", 0, true).groups().stream().map(RunStats::name).toList());
        assertEquals(3, jobs.statistics(null, 0, false).total().runs());
        assertEquals(0, jobs.statistics(null, 1_795_237_567_000L, false).total().runs());
    }
}
