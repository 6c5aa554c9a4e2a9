package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.GitInfo;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.store.JobStore;
import bgjob.support.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectorTest {
    private static final String ID = "x_20261121_050607";

    @TempDir
    Path temp;

    private final FakeBackend backend = new FakeBackend();
    private Records records;
    private Inspector inspector;

    @BeforeEach
    void make() {
        records = new Records(temp);
        inspector = new Inspector(new JobStore(records.path()), List.of(backend));
    }

    private Job inspect() {
        return inspector.inspect(JobId.parse(ID));
    }

    @Test
    void a_record_is_read_whole() {
        records.ended(ID, 143, "cwd=/r/sub", "parent=x_20261121_000000", "git_sha=0123", "git_branch=main", "git_dirty=true", "signal=TERM",
                "stop_by=me", "stop_at=2026-11-21T05:06:09Z", "stop_reason=enough", "stop_signal=TERM");
        Job job = inspect();

        assertEquals(JobState.STOPPED, job.state());
        assertEquals(143, job.exit().code());
        assertEquals("TERM", job.exit().signal());
        assertEquals(4711, job.pid());
        assertEquals(4711, job.pgid());
        assertEquals(List.of("make", "a b"), job.command());
        assertEquals("/r/sub", job.cwd());
        assertEquals("me", job.user());
        assertEquals("here", job.host());
        assertEquals("local", job.backend());
        assertEquals("x_20261121_000000", job.parent());
        assertEquals(new GitInfo("0123", "main", true), job.git());
        assertEquals(records.path() + "/" + ID + ".log", job.files().log());
        assertEquals("stop asked by me at 2026-11-21T05:06:09Z: enough", job.stopNote());
        assertFalse(job.active());
    }

    @Test
    void a_recorded_ending_outweighs_what_is_seen() {
        records.ended(ID, 0);
        backend.seen = new Observation(Sight.RUNNING, null, 5, FakeBackend.processes(1));

        assertEquals(JobState.COMPLETED, inspect().state());
        assertEquals(List.of(), inspect().survivors());
    }

    @Nested
    class Times {
        @Test
        void the_duration_is_by_the_monotonic_clock() {
            records.ended(ID, 0);
            Job job = inspect();

            assertEquals(3500, job.times().duration());
            assertEquals(Records.NOW, job.times().started());
            assertEquals(Records.NOW - 1000, job.times().created());
            assertEquals(Records.NOW + 3000, job.times().finished());
            assertEquals(job.times().finished(), job.times().updated());
        }

        @Test
        @Fault(value = "clock", promise = "set back: no duration is negative")
        void a_clock_set_back_makes_no_negative_duration() {
            records.started(ID);
            records.write(ID + ".meta", "ended=2026-11-21T04:00:00Z\nexit=0\n");
            records.write(ID + ".exit", "0\n");

            assertNull(inspect().times().duration());
        }

        @Test
        void a_running_job_is_as_old_as_its_backend_says() {
            records.started(ID);
            backend.seen = new Observation(Sight.RUNNING, null, 1234, List.of());
            Job job = inspect();

            assertEquals(1234, job.times().duration());
            assertNull(job.times().finished());
            assertTrue(job.active());
        }

        @Test
        void a_lost_job_has_no_duration() {
            records.started(ID);
            backend.end();

            assertNull(inspect().times().duration());
        }

        @Test
        void an_ending_that_only_the_exit_file_tells_has_the_files_time() {
            records.write(ID + ".exit", "0\n");
            Job job = inspect();

            assertEquals(Path.of(job.files().exit()).toFile().lastModified(), job.times().finished());
            assertNull(job.times().duration());
            assertNull(job.times().started());
        }
    }

    @Nested
    class Damage {
        @Test
        void an_exit_file_alone_is_an_ending() {
            records.write(ID + ".exit", "4\n");
            Job job = inspect();

            assertEquals(JobState.FAILED, job.state());
            assertEquals(4, job.exit().code());
            assertEquals(-1, job.pid());
            assertEquals(List.of(), job.command());
            assertNull(job.git());
        }

        @Test
        void an_unreadable_meta_hides_no_ending() throws Exception {
            Files.createDirectory(Path.of(records.path(), ID + ".meta"));
            records.write(ID + ".exit", "0\n");

            assertEquals(JobState.COMPLETED, inspect().state());
        }

        @Test
        void an_unreadable_meta_of_a_job_without_an_ending_is_a_job_of_which_nothing_is_told() throws Exception {
            Files.createDirectory(Path.of(records.path(), ID + ".meta"));
            backend.seen = Observation.of(Sight.CANNOT_TELL, "no pid");

            assertNull(inspect().state());
            assertEquals("no pid", inspect().reason());
        }

        @Test
        void a_job_of_a_backend_that_this_version_does_not_know_is_not_guessed_at() {
            JobId other = JobId.parse("y_20261121_050607");
            records.write(other + ".meta", "label=y\nbackend=slurm\npid=1\n");
            Job job = inspector.inspect(other);

            assertNull(job.state());
            assertTrue(job.reason().contains("slurm"), job.reason());
            assertEquals("slurm", job.backend());
        }

        @Test
        void an_older_record_without_a_backend_is_a_local_job() {
            records.write(ID + ".meta", "label=x\ncmd=make\npid=1\n");

            assertEquals("local", inspect().backend());
            assertEquals(JobState.RUNNING, inspect().state());
        }
    }

    @Test
    void a_job_that_ends_between_two_looks_has_ended() {
        records.started(ID);
        backend.seen = Observation.of(Sight.GONE, "gone");
        backend.onObserve = () -> records.write(ID + ".exit", "0\n");

        assertEquals(JobState.COMPLETED, inspect().state());
    }

    @Test
    void secrets_that_an_older_version_recorded_are_masked() {
        records.write(ID + ".meta", "label=x\ncmd=curl --token s3cret https://me:s3cret@host\npid=1\n");

        assertEquals(List.of("curl", "--token", "***", "https://me:***@host"), inspect().command());
    }

    @Test
    void outside_a_repository_there_is_no_git() {
        records.ended(ID, 0, "git_sha=", "git_branch=", "git_dirty=");
        assertNull(inspect().git());
    }

    @Test
    void what_git_could_not_say_is_not_clean() {
        records.ended(ID, 0, "git_sha=0123", "git_branch=", "git_dirty=unknown");
        assertEquals(new GitInfo("0123", null, null), inspect().git());
    }
}
