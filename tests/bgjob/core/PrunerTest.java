package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.JobId;
import bgjob.job.JobState;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrunerTest {
    /** A second behind the endings that {@link Records} writes. */
    private static final long LATER = Records.NOW + 4000;

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

    private List<String> prune(String label, Long before, int keep, JobState... states) {
        return ids(jobs.prune(new PruneRequest(label, null, before, keep, Set.of(states), true, false, false)));
    }

    private static List<String> ids(PruneReceipt receipt) {
        assertEquals(List.of(), receipt.failures());
        return receipt.removed().stream().map(one -> one.id().toString()).toList();
    }

    @Test
    void the_newest_of_each_label_stay() {
        for (int n = 1; n <= 4; n++) {
            records.ended("a_2026010" + n + "_000000", 0);
            records.ended("b_2026010" + n + "_000000", 1);
        }

        assertEquals(List.of("a_20260102_000000", "a_20260101_000000"), prune("a", null, 2));
        assertEquals(List.of("b_20260103_000000", "a_20260103_000000", "b_20260102_000000", "b_20260101_000000"), prune(null, null, 1));
        assertEquals(List.of("b_20260104_000000", "a_20260104_000000"), prune(null, null, 0));
        assertFalse(records.has("a_20260101_000000.log"));
    }

    @Test
    void what_all_options_ask_for_goes_and_nothing_else() {
        records.ended("a_20260101_000000", 0);
        records.ended("a_20260102_000000", 1);
        records.ended("a_20260103_000000", 0);

        assertEquals(List.of(), prune(null, Records.NOW - 1000, 0));
        assertEquals(List.of("a_20260102_000000"), prune(null, LATER, 1, JobState.FAILED));
        assertEquals(List.of("a_20260101_000000"), prune(null, LATER, 1));
    }

    @Test
    void what_has_not_ended_stays_whatever_is_asked() {
        records.started("a_20260101_000000");
        for (Sight sight : new Sight[] {Sight.RUNNING, Sight.HELD, Sight.CANNOT_TELL}) {
            backend.seen = Observation.of(sight, "seen so");
            assertEquals(List.of(), prune(null, null, 0));
            assertEquals(List.of(), ids(jobs.prune(new PruneRequest("a", JobId.parse("a_20260101_000000"), null, 1, Set.of(), true, false, false))));
            assertEquals(List.of(), prune(null, null, 0, JobState.RUNNING, JobState.PAUSED));
        }
        backend.seen = new Observation(Sight.GONE, "gone", -1, FakeBackend.processes(7));
        assertEquals(List.of(), prune(null, null, 0), "a lost job whose processes run");
        backend.end();
        assertEquals(List.of("a_20260101_000000"), prune(null, null, 0, JobState.LOST));
    }

    @Test
    void what_paused_itself_stays_unless_it_is_asked_for() {
        records.ended("a_20260101_000000", 75);
        PruneReceipt receipt = jobs.prune(new PruneRequest(null, null, LATER, 0, Set.of(), true, false, false));

        assertEquals(List.of(), ids(receipt));
        assertEquals(1, receipt.paused());
        assertEquals(List.of("a_20260101_000000"), prune(null, null, 0, JobState.PAUSED));
    }

    @Test
    void what_ended_a_moment_ago_is_looked_at_again() {
        records.ended("a_20260101_000000", 0);
        records.started("a_20260102_000000");
        backend.onObserve = () -> assertTrue(records.has("a_20260101_000000.meta"));

        assertEquals(List.of("a_20260101_000000"), prune(null, null, 0));
        assertTrue(records.has("a_20260102_000000.meta"));
    }

    @Test
    void a_rehearsal_removes_nothing_and_tells_the_same() {
        records.ended("a_20260101_000000", 0);
        records.write("jobs/a_20260101_000000.sh", "12345");
        PruneReceipt rehearsed = jobs.prune(new PruneRequest(null, null, null, 0, Set.of(), true, false, true));
        assertTrue(records.has("a_20260101_000000.exit"));
        PruneReceipt done = jobs.prune(new PruneRequest(null, null, null, 0, Set.of(), true, false, false));

        assertEquals(rehearsed, done);
        assertTrue(done.bytes() > 5);
        assertFalse(records.has("jobs/a_20260101_000000.sh"));
    }

    @Test
    void a_claim_whose_leader_lives_is_no_leftover() {
        records.write("a_20260101_000000.log", "");
        assertTrue(new File(records.path(), "a_20260101_000000.log").setLastModified(1_000_000));
        PruneRequest sweep = new PruneRequest(null, null, null, 1, Set.of(), false, true, false);
        backend.members = FakeBackend.processes(7);
        assertEquals(List.of(), jobs.prune(sweep).leftovers());
        backend.end();

        assertEquals(List.of("a_20260101_000000"), jobs.prune(sweep).leftovers());
        assertFalse(records.has("a_20260101_000000.log"));
    }
}
