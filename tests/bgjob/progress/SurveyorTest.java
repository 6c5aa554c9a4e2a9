package bgjob.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the sources is believed, and the estimate from earlier runs. */
class SurveyorTest {
    @TempDir
    Path temp;

    private Progress running(String file, String log, List<Long> earlier) throws Exception {
        Path progress = temp.resolve("x.progress");
        Files.writeString(progress, file);
        return Surveyor.running(progress.toString(), Files.writeString(temp.resolve("x.log"), log).toString(), 10_000, false, () -> earlier);
    }

    @Test
    void the_jobs_own_word_comes_before_the_log_and_that_before_history() throws Exception {
        String log = "t.py .... [ 40%]\n";
        assertEquals(Source.PROTOCOL, running("1/2\n", log, List.of(20_000L)).source());
        assertEquals(Source.PYTEST, running("", log, List.of(20_000L)).source());
        assertEquals(Source.HISTORY, running("", "no more\n", List.of(20_000L)).source());
        assertNull(running("", "no more\n", List.of()));
    }

    @Test
    void phases_and_failures_of_the_job_stand_beside_what_its_tool_counts() throws Exception {
        Progress progress = running("phase 2/3 test\nfailed lint\n", "t.py .... [ 40%]\n", List.of());
        assertEquals(Source.PYTEST, progress.source());
        assertEquals(40, progress.percent());
        assertEquals("2/3 test", progress.phase());
        assertEquals(List.of("lint"), progress.failed());
        assertEquals(1, progress.failedCount());
        assertEquals(Source.PROTOCOL, running("phase 2/3 test\n", "", List.of(20_000L)).source());
        assertEquals(List.of("lint"), running("failed lint\n", "", List.of(20_000L)).failed());
    }

    @Test
    void the_median_of_earlier_runs_gives_share_and_time_left() {
        assertEquals(50, History.estimate(List.of(1L, 20_000L, 900_000L), 10_000).percent());
        assertEquals(10, History.estimate(List.of(1L, 20_000L, 900_000L), 10_000).etaSeconds());
        assertEquals(40, History.estimate(List.of(20_000L, 30_000L), 10_000).percent());
        assertNull(History.estimate(List.of(0L), 10_000));
        assertNull(History.estimate(List.of(20_000L), -1));
    }

    @Test
    void a_job_that_takes_longer_than_usual_is_nearly_done_and_has_no_time_left_that_anybody_knows() {
        Progress overdue = History.estimate(List.of(5_000L), 10_000);
        assertEquals(99, overdue.percent());
        assertNull(overdue.etaSeconds());
        assertNull(overdue.current());
    }

    @Test
    void an_ended_job_keeps_what_it_said_itself() throws Exception {
        Path file = Files.writeString(temp.resolve("x.progress"), "phase 3/3 c\nfailed b\n4/5 d\n");
        Progress progress = Surveyor.ended(file.toString(), 1000, false);
        assertEquals("4 3/3 c [b]", progress.current() + " " + progress.phase() + " " + progress.failed());
        assertNull(Surveyor.ended(temp.resolve("none").toString(), 1000, false));
    }
}
