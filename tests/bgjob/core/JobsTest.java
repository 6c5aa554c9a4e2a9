package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
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

    private static List<String> names(List<Job> jobs) {
        return jobs.stream().map(job -> job.id().toString()).toList();
    }

    @Nested
    class Listing {
        @BeforeEach
        void some() {
            records.ended("a_20260101_000000", 0);
            records.ended("b_20260102_000000", 1);
            records.started("a_20260103_000000");
            records.ended("b_20260104_000000", 75);
        }

        private List<String> list(String label, Set<JobState> states, boolean active, long since, int most) {
            return names(jobs.list(new JobFilter(label, states, active, since, most)));
        }

        @Test
        void all_of_them_the_newest_first() {
            assertEquals(List.of("b_20260104_000000", "a_20260103_000000", "b_20260102_000000", "a_20260101_000000"),
                    list(null, Set.of(), false, 0, 0));
        }

        @Test
        void no_more_than_asked_for_and_of_those_that_pass() {
            assertEquals(List.of("b_20260104_000000", "a_20260103_000000"), list(null, Set.of(), false, 0, 2));
            assertEquals(List.of("b_20260102_000000"), list(null, EnumSet.of(JobState.FAILED), false, 0, 1));
        }

        @Test
        void of_one_label_or_some_states() {
            assertEquals(List.of("a_20260103_000000", "a_20260101_000000"), list("a", Set.of(), false, 0, 0));
            assertEquals(List.of("b_20260104_000000", "a_20260101_000000"),
                    list(null, EnumSet.of(JobState.PAUSED, JobState.COMPLETED), false, 0, 0));
        }

        @Test
        void of_those_that_have_not_ended_what_paused_itself_has() {
            assertEquals(List.of("a_20260103_000000"), list(null, Set.of(), true, 0, 0));
        }

        @Test
        void since_a_time_by_the_record() {
            assertEquals(4, list(null, Set.of(), false, Records.NOW - 1000, 0).size());
            assertEquals(0, list(null, Set.of(), false, Records.NOW - 999, 0).size());
        }
    }

    @Test
    void jobs_that_have_not_ended_are_active() {
        records.ended("a_20260101_000000", 0);
        records.started("a_20260102_000000");
        records.started("a_20260103_000000");
        records.started("b_20260104_000000");

        assertEquals(List.of("b_20260104_000000", "a_20260103_000000", "a_20260102_000000"),
                jobs.active().stream().map(JobId::toString).toList());
        assertEquals(List.of("a_20260102_000000"), jobs.othersActive(JobId.parse("a_20260103_000000")).stream().map(JobId::toString).toList());
    }

    @Nested
    class Waiting {
        private final JobId a = JobId.parse("a_20260101_000000");
        private final JobId b = JobId.parse("b_20260101_000000");

        @BeforeEach
        void two() {
            records.started(a.toString());
            records.started(b.toString());
        }

        /** Ends a job at a later look. */
        private void later(int look, JobId id) {
            int[] looks = new int[1];
            backend.onObserve = () -> {
                if (++looks[0] == look) {
                    records.write(id + ".exit", "3\n");
                }
            };
        }

        @Test
        void for_all_of_them_until_the_last_has_ended() {
            records.write(a + ".exit", "0\n");
            later(3, b);

            assertEquals(List.of(a.toString(), b.toString()), names(jobs.await(List.of(a, b), false, 0)));
        }

        @Test
        void for_any_of_them_until_the_first_has_ended() {
            later(4, b);

            assertEquals(List.of(b.toString()), names(jobs.await(List.of(a, b), true, 0)));
        }

        @Test
        void until_time_runs_out_and_then_those_that_have_ended() {
            records.write(b + ".exit", "0\n");

            assertEquals(List.of(b.toString()), names(jobs.await(List.of(a, b), false, 1)));
            assertEquals(List.of(), jobs.await(List.of(a), false, 1));
        }

        @Test
        void for_a_job_that_is_lost_no_longer() {
            backend.end();

            assertEquals(JobState.LOST, jobs.await(List.of(a), false, 0).get(0).state());
        }
    }

    @Test
    void following_ends_with_the_job_and_all_is_shown() {
        JobId id = records.started("a_20260101_000000");
        records.write(id + ".log", "one\n");
        int[] looks = new int[1];
        backend.onObserve = () -> {
            if (++looks[0] == 2) {
                records.write(id + ".log", "two\n");
                records.write(id + ".exit", "0\n");
            }
        };
        ByteArrayOutputStream shown = new ByteArrayOutputStream();

        assertEquals(8, jobs.follow(id, 0, shown::write));
        assertEquals("one\ntwo\n", shown.toString(StandardCharsets.UTF_8));
        assertTrue(looks[0] >= 2);
    }
}
