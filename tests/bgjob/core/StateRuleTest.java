package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.ExitStatus;
import bgjob.job.Facts;
import bgjob.job.JobState;
import bgjob.store.JobStore;
import bgjob.support.Fault;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of states: what is recorded, what is seen, and what that makes. */
class StateRuleTest {
    private static Facts facts(String... assignments) {
        Facts facts = new Facts();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            facts.add(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return facts;
    }

    private static StateRule ended(int exit, String... facts) {
        return StateRule.ended(facts(facts), exit, "/x.exit");
    }

    private static StateRule unended(Sight sight, String... facts) {
        return StateRule.unended(facts(facts), Observation.of(sight, "why"), "/x.exit");
    }

    @Nested
    class Waiting {
        @Test
        void a_leader_that_lives_and_has_not_started_waits() {
            assertEquals(JobState.QUEUED, unended(Sight.RUNNING, "queued=x").state());
            assertEquals(JobState.RUNNING, unended(Sight.RUNNING, "queued=x", "started=y").state());
            assertEquals(JobState.RUNNING, unended(Sight.RUNNING, "started=y").state());
            assertEquals(JobState.PAUSED, unended(Sight.HELD, "queued=x").state());
            assertEquals(JobState.LOST, unended(Sight.GONE, "queued=x").state());
        }

        @Test
        void what_was_never_run_counts_as_stopped_and_says_why() {
            StateRule rule = ended(126, "queued=x", "not_run=y ended failed, exit 3", "exit=126");

            assertEquals(JobState.STOPPED, rule.state());
            assertEquals("not run: y ended failed, exit 3", rule.reason());
        }
    }

    @Nested
    class Ended {
        @ParameterizedTest
        @CsvSource({"0, COMPLETED", "1, FAILED", "74, FAILED", "75, PAUSED", "76, FAILED", "127, FAILED", "137, FAILED", "143, FAILED",
            "255, FAILED"})
        void the_exit_status_makes_the_state(int code, JobState state) {
            StateRule rule = ended(code, "exit=" + code);

            assertEquals(state, rule.state());
            assertEquals(new ExitStatus(code, null), rule.exit());
            assertNull(rule.reason());
        }

        @Test
        void a_signal_is_named_above_128_only() {
            assertEquals(new ExitStatus(143, "TERM"), ended(143, "signal=TERM").exit());
            assertEquals(new ExitStatus(3, null), ended(3, "signal=TERM").exit());
            assertEquals(new ExitStatus(128, null), ended(128, "signal=TERM").exit());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 75, 137, 143})
        void a_job_that_was_told_to_stop_before_is_stopped_however_it_ended(int code) {
            assertEquals(JobState.STOPPED, ended(code, "stop_signal=TERM", "exit=" + code).state());
        }

        @Test
        void a_stop_asked_for_behind_the_ending_came_too_late() {
            assertEquals(JobState.COMPLETED, ended(0, "exit=0", "stop_signal=TERM").state());
            assertEquals(JobState.FAILED, ended(1, "exit=1", "stop_signal=TERM").state());
        }

        @Test
        void a_doubt_about_the_exit_status_is_passed_on() {
            assertEquals("lost it", ended(143, "exit_doubt=lost it", "exit=143").reason());
        }

        @Test
        @Fault(value = "record files", promise = "a damaged exit file gives way to the ending in the meta, and that is said")
        void a_damaged_exit_file_is_replaced_by_the_meta_and_that_is_said() {
            StateRule rule = ended(JobStore.BAD_EXIT, "exit=3");

            assertEquals(JobState.FAILED, rule.state());
            assertEquals(new ExitStatus(3, null), rule.exit());
            assertEquals("/x.exit is damaged; the ending is from the meta", rule.reason());
        }

        @ParameterizedTest
        @ValueSource(strings = {"pid=1", "exit=", "exit=x", "exit=256", "exit=-1"})
        void a_damaged_exit_file_alone_tells_nothing(String fact) {
            StateRule rule = ended(JobStore.BAD_EXIT, fact);

            assertNull(rule.state());
            assertNull(rule.exit());
            assertEquals("/x.exit holds no exit status; it may be damaged", rule.reason());
        }
    }

    @Nested
    class Unended {
        @Test
        void a_leader_that_lives_runs_or_is_held() {
            assertEquals(new StateRule(JobState.RUNNING, null, null), unended(Sight.RUNNING));
            assertEquals(JobState.PAUSED, unended(Sight.HELD).state());
            assertNull(unended(Sight.HELD).exit());
        }

        @Test
        void a_leader_that_is_gone_is_lost_and_never_failed() {
            StateRule rule = unended(Sight.GONE, "pid=1", "stop_signal=TERM");

            assertEquals(new StateRule(JobState.LOST, "why", null), rule);
        }

        @Test
        void what_is_out_of_sight_has_no_state() {
            assertEquals(new StateRule(null, "why", null), unended(Sight.CANNOT_TELL));
        }

        @ParameterizedTest
        @ValueSource(strings = {"GONE", "CANNOT_TELL"})
        void an_ending_in_the_meta_counts_where_the_exit_file_is_missing(Sight sight) {
            StateRule rule = unended(sight, "exit=0");

            assertEquals(JobState.COMPLETED, rule.state());
            assertEquals("/x.exit is missing; the ending is from the meta", rule.reason());
            assertEquals(sight == Sight.GONE ? JobState.LOST : null, unended(sight, "exit=300").state());
        }

        @Test
        void a_living_leader_has_not_ended_whatever_the_meta_says() {
            assertEquals(JobState.RUNNING, unended(Sight.RUNNING, "exit=0").state());
        }

        @Test
        void survivors_of_a_lost_job_are_counted() {
            StateRule one = StateRule.unended(facts(), new Observation(Sight.GONE, "gone", -1, FakeBackend.processes(1)), "/x.exit");
            StateRule two = StateRule.unended(facts(), new Observation(Sight.GONE, "gone", -1, FakeBackend.processes(1, 2)), "/x.exit");

            assertEquals("gone; 1 process of it still runs", one.reason());
            assertTrue(two.reason().endsWith("; 2 processes of it still run"), two.reason());
        }
    }
}
