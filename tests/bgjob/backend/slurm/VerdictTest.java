package bgjob.backend.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.Facts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each of Slurm's words means for a job without a recorded ending, and what Slurm's programs print. */
class VerdictTest {
    private static final String BEGUN = "started=2026-11-21T05:06:07Z\nnode=n1\n";

    private static Observation seen(String state, int status, long ended, String facts) {
        return new Verdict(new Row("7", state, "Why", "n1", status, ended, "job"), Facts.of(facts.getBytes(StandardCharsets.UTF_8)), 10_000).observation();
    }

    @ParameterizedTest
    @CsvSource({"PENDING, QUEUED", "REQUEUED, QUEUED", "REQUEUE_HOLD, QUEUED", "CONFIGURING, QUEUED", "RUNNING, RUNNING", "COMPLETING, RUNNING",
        "SUSPENDED, HELD", "STOPPED, HELD", "COMPLETED, GONE", "FAILED, GONE", "NODE_FAIL, GONE", "BOOT_FAIL, GONE", "CANCELLED, ENDED", "TIMEOUT, ENDED",
        "DEADLINE, ENDED", "PREEMPTED, ENDED", "OUT_OF_MEMORY, ENDED", "A_NEW_WORD, QUEUED"})
    void a_word_is_a_sight(String state, Sight sight) {
        assertEquals(sight, seen(state, 0, 1000, BEGUN).sight());
    }

    @Test
    void a_job_whose_leader_has_not_begun_does_not_run_yet() {
        assertEquals(Sight.QUEUED, seen("RUNNING", 0, -1, "").sight());
    }

    @Test
    void an_ending_may_be_on_its_way_for_a_moment_but_not_that_of_a_killed_leader() {
        long now = System.currentTimeMillis();
        assertEquals(Sight.RUNNING, seen("COMPLETED", 0, now, BEGUN).sight());
        assertEquals(Sight.GONE, seen("COMPLETED", 0, now - 11_000, BEGUN).sight());
        assertEquals(Sight.GONE, seen("FAILED", 9, now, BEGUN).sight());
        assertEquals(Sight.GONE, seen("FAILED", 53, now, "").sight());
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, 0, 143, stop_signal", "CANCELLED, 9, 137, stop_signal", "TIMEOUT, 15, 143, timeout_signal", "OUT_OF_MEMORY, 32000, 137, exit_doubt",
        "PREEMPTED, 0, 143, exit_doubt"})
    void an_ending_has_a_status_and_a_fact_that_says_why(String state, int status, int code, String fact) {
        Observation.Told told = seen(state, status, 1000, BEGUN).told();
        assertEquals(code, told.code());
        assertEquals(state, told.learned().first("slurm_state"));
        assertTrue(told.learned().first(fact) != null, fact);
        assertEquals("1970-01-01T00:00:01Z", told.learned().first("ended"));
    }

    @Test
    void who_asked_for_a_stop_is_not_overwritten() {
        assertNull(seen("CANCELLED", 0, 1000, BEGUN + "stop_signal=INT\n").told().learned().first("stop_signal"));
    }

    @Test
    void a_line_of_squeue_has_columns_of_known_width() {
        String line = "12_3                                    CANCELLED               BeginTime                                                   n1"
                + " ".repeat(98) + "1792          1795259941              a|b  c" + " ".repeat(234);
        assertEquals(new Row("12_3", "CANCELLED", "BeginTime", "n1", 1792, 1_795_259_941_000L, "a|b  c"), Row.parse(line));
        assertEquals(7, Row.parse(line).code());
        assertNull(Row.parse("squeue: warning: something"));
        assertNull(Row.parse("slurm_load_jobs error: Invalid job id specified" + " ".repeat(300)));
    }

    @Test
    void what_stands_in_a_name_behind_a_newline_is_no_line() {
        String name = "7" + " ".repeat(39) + "COMPLETED" + " ".repeat(191);
        assertEquals(240, name.length(), "as wide as the column");
        assertNull(Row.parse(name));
    }

    @Test
    void sacct_tells_who_cancelled_and_the_last_run_counts() {
        Row row = Accounting.find("9", "9|NODE_FAIL|0:0|n1|a\n9.batch|CANCELLED|0:15|n1|batch\n9|CANCELLED by 1000|0:9|n2|a|b\n10|FAILED|3:0|n1|c\n");
        assertEquals(new Row("9", "CANCELLED", "by 1000", "n2", 9, 0, "a|b"), row);
        assertEquals(3, Accounting.find("10", "10|FAILED|3:0|n1|c").code());
        assertNull(Accounting.find("1", ""));
    }
}
