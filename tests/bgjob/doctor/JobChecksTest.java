package bgjob.doctor;

import static bgjob.doctor.Place.found;

import bgjob.job.Rfc3339;
import bgjob.support.Proc;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobChecksTest {
    private static final long NOBODY = 4_194_305; // beyond PID_MAX_LIMIT
    private static final long DAY = 86_400_000;

    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
    }

    private JobChecks checks() {
        return new JobChecks(place.records());
    }

    private void job(String id, long pid, String start, long age) {
        String time = Rfc3339.utc(System.currentTimeMillis() - age);
        place.record(id + ".meta", "created=" + time + "\npid=" + pid + "\npgid=" + pid + "\nstart_time=" + start + "\nstarted=" + time + "\n");
    }

    @Test
    void without_records_there_is_nothing_wrong() {
        found(Grade.OK, "no job is lost", checks().lost());
        found(Grade.OK, "no job is paused", checks().paused());
        found(Grade.OK, "can tell", checks().untold());
        found(Grade.OK, "more than a day", checks().tooLong());
    }

    @Test
    void a_job_lost_of_late_is_a_warning_and_one_long_ago_a_note() {
        job("old_20260101_000000", NOBODY, "ticks:1", 30 * DAY);
        found(Grade.NOTE, "old_20260101_000000", checks().lost());
        job("new_20260201_000000", NOBODY, "ticks:1", DAY / 24);
        found(Grade.WARNING, "2 jobs are lost", checks().lost());
    }

    @Test
    void a_job_that_paused_itself_counts_until_its_label_is_run_again() {
        place.record("a_20260101_000000.exit", "75\n");
        place.record("b_20260101_000000.exit", "75\n");
        found(Grade.NOTE, "2 jobs paused", checks().paused());
        place.record("a_20260101_000001.exit", "0\n");
        found(Grade.NOTE, "1 job paused by itself (exit 75) and not run since: b_20260101_000000", checks().paused());
    }

    @Test
    void damaged_records_cannot_be_told() {
        place.record("a_20260101_000000.meta", "");
        found(Grade.WARNING, "1 job stands: a_20260101_000000", checks().untold());
        place.record("b_20260101_000000.exit", "");
        found(Grade.WARNING, "2 jobs stand", checks().untold());
        place.record("c_20260101_000000.exit", "1\n");
        found(Grade.WARNING, "2 jobs stand", checks().untold());
    }

    @Test
    void a_job_that_has_run_for_days_is_named() {
        Proc self = new Proc(ProcessHandle.current().pid());
        job("a_20260101_000000", self.pid(), "ticks:" + self.startTicks(), DAY / 2);
        found(Grade.OK, "more than a day", checks().tooLong());
        job("b_20260101_000000", self.pid(), "ticks:" + self.startTicks(), 3 * DAY + DAY / 2);
        found(Grade.NOTE, "b_20260101_000000; the first for 3d 12h", checks().tooLong());
    }
}
