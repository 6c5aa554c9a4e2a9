package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.JobId;
import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jobs have progress, and from what; each earlier run in these records took 3.5 s. */
class JobProgressTest {
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

    private Progress progress(JobId id) {
        return jobs.inspect(id).progress();
    }

    @Test
    void a_running_job_without_a_word_is_measured_by_completed_runs_of_its_label() {
        records.ended("a_20260101_000000", 0);
        records.ended("a_20260102_000000", 1, "uptime=1.00");
        records.ended("other_20260102_000000", 0, "uptime=1.00");
        JobId running = records.started("a_20260103_000000");

        Progress progress = progress(running);

        assertEquals(Source.HISTORY, progress.source());
        assertEquals(99, progress.percent());
        assertNull(progress.etaSeconds());
    }

    @Test
    void runs_further_back_than_twenty_are_not_looked_at() {
        records.ended("a_20250101_000000", 0);
        for (int i = 10; i < 30; i++) {
            records.ended("a_202501" + i + "_000000", 1);
        }
        assertNull(progress(records.started("a_20260103_000000")));
    }

    @Test
    void a_held_job_has_a_share_and_no_time_left() {
        JobId id = records.started("a_20260103_000000");
        records.write("jobs/" + id + ".progress", "1/2 x\n");
        backend.seen = Observation.of(Sight.HELD, null);
        assertEquals(50, progress(id).percent());
        assertNull(progress(id).etaSeconds());
    }

    @Test
    void an_ended_job_is_not_looked_up_in_its_log() {
        JobId id = records.ended("a_20260103_000000", 0);
        records.write(id + ".log", "t.py .... [ 40%]\n");
        assertNull(progress(id));
        records.write("jobs/" + id + ".progress", "2/2 x\n");
        assertEquals(100, progress(id).percent());
        assertEquals(100, jobs.list(new JobFilter(null, Set.of(), false, 0, 0)).get(0).progress().percent());
    }

    @Test
    void what_is_out_of_sight_has_no_progress() {
        JobId id = records.started("a_20260103_000000");
        records.write("jobs/" + id + ".progress", "1/2 x\n");
        backend.seen = Observation.of(Sight.CANNOT_TELL, "it is elsewhere");
        assertNull(progress(id));
    }
}
