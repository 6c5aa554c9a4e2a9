package bgjob.doctor;

import static bgjob.doctor.Place.found;

import bgjob.store.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordChecksTest {
    private static final long HOUR = 3_600_000;
    private static final int MANY = 400;

    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
    }

    private RecordChecks checks() {
        return new RecordChecks(place.records());
    }

    @Test
    void a_log_without_a_record_is_an_orphan_once_it_is_old() throws IOException {
        place.record("a_20260101_000000.meta", "");
        Place.age(place.record("a_20260101_000000.log", ""), HOUR);
        Path log = place.record("b_20260101_000000.log", "");
        Place.age(place.record("notes.log", ""), HOUR);
        found(Grade.OK, "every log", checks().orphans());
        Place.age(log, HOUR);
        found(Grade.NOTE, "1 log has no record, left by a 'bgjob run' that was killed, or by hand: b_20260101_000000.log", checks().orphans());
    }

    @Test
    void temporary_files_are_left_over_once_they_are_old() throws IOException {
        Place.age(place.record(".gitignore", "*\n"), HOUR);
        Path exit = place.record("jobs/.a_20260101_000000.exit", "");
        Path meta = place.record(".a_20260101_000000.exit.12-1", "");
        found(Grade.OK, "no temporary", checks().temporaries());
        Place.age(exit, HOUR);
        Place.age(meta, HOUR);
        found(Grade.NOTE, "2 temporary files were left by a process that was killed: .a_20260101_000000.exit.12-1, jobs/.a_2",
                checks().temporaries());
    }

    @Test
    void a_worktree_is_left_over_when_its_job_has_ended() throws IOException {
        found(Grade.OK, "no temporary worktree", checks().worktrees());
        place.record("jobs/a_20260101_000000.worktree/file", "");
        place.record("a_20260101_000000.meta", "label=a\n");
        found(Grade.OK, "no temporary worktree", checks().worktrees());
        place.record("a_20260101_000000.exit", "0\n");
        found(Grade.NOTE, "1 job has left a temporary worktree behind: a_20260101_000000", checks().worktrees());
    }

    @Test
    void the_index_is_followed_from_its_absence_to_its_damage() throws IOException {
        found(Grade.OK, "too few", checks().index());
        for (int i = 0; i < MANY; i++) {
            place.record("other" + i, "");
        }
        place.record("a_20260101_000000.exit", "0\n");
        found(Grade.NOTE, "no index", checks().index());
        new JobStore(place.logs.toString()).newest("a", 1);
        found(Grade.OK, "up to date", checks().index());
        byte[] ids = Files.readAllBytes(place.logs.resolve("index/ids"));
        ids[1030] ^= 1;
        Files.write(place.logs.resolve("index/ids"), ids);
        found(Grade.NOTE, "damaged", checks().index());
        place.record("another", "");
        found(Grade.OK, "out of date", checks().index());
    }

    @Test
    void a_file_system_too_coarse_for_an_index_is_known_by_what_was_left() throws IOException {
        place.record("index/older", "");
        found(Grade.NOTE, "whole seconds", checks().index());
    }
}
