package bgjob.doctor;

import static bgjob.doctor.Place.found;

import bgjob.support.Proc;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskChecksTest {
    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
    }

    private DiskChecks checks() {
        return new DiskChecks(place.machine(), place.records());
    }

    @ParameterizedTest
    @CsvSource({"ext4, OK, is on ext4", "tmpfs, WARNING, empty after a restart", "nfs4, WARNING, other machines",
            "fuse.sshfs, WARNING, other machines",
        "cifs, WARNING, other machines", "vfat, WARNING, no modes", "overlay, NOTE, removed with the container"})
    void file_systems_are_told_apart(String type, Grade grade, String part) throws Exception {
        String folder = place.folder.toString();
        place.file("/proc/self/mountinfo", "27 1 8:1 / / rw - xfs /dev/a rw\n28 27 8:2 / " + folder + " rw,relatime shared:1 - " + type + " x rw\n"
                + "29 27 8:3 / " + folder + "/.logs.not rw - nfs x rw\n");
        found(grade, part, checks().filesystem());
    }

    @Test
    void there_is_room_here() throws Exception {
        found(Grade.OK, "MiB are free", checks().space());
    }

    @ParameterizedTest
    @CsvSource({"100000, 900000, OK, room for 900000", "999990, 10, WARNING, room for 10 ", "0, 0, OK, no fixed number", "-, -, OK, not known"})
    void files_that_there_is_room_for_are_counted(String used, String free, Grade grade, String part) {
        String total = used.equals("-") ? "-" : Long.toString(Long.parseLong(used) + Long.parseLong(free));
        place.program("df", "echo 'Filesystem Inodes IUsed IFree IUse% Mounted on'; echo '/dev/a " + total + " " + used + " " + free + " 1% /'");
        found(grade, part, checks().inodes());
    }

    @Test
    void a_machine_without_df_is_no_worse() {
        found(Grade.OK, "not known", checks().inodes());
    }

    private void big(String name, long bytes) throws IOException {
        place.record(name, "");
        try (RandomAccessFile file = new RandomAccessFile(place.logs.resolve(name).toFile(), "rw")) {
            file.setLength(bytes); // a hole takes no room
        }
    }

    @Test
    void big_logs_are_named() throws Exception {
        found(Grade.OK, "no logs", checks().logs());
        place.record("a_20260101_000000.exit", "0\n");
        big("a_20260101_000000.log", 3 << 20);
        found(Grade.OK, "the biggest is a_20260101_000000 with 3 MiB", checks().logs());
        big("a_20260101_000000.log", 2L << 30);
        found(Grade.NOTE, "2048 MiB", checks().logs());
    }

    @Test
    void the_big_log_of_a_job_that_goes_on_is_a_warning() throws Exception {
        long pid = ProcessHandle.current().pid();
        place.record("b_20260101_000000.meta", "pid=" + pid + "\npgid=" + pid + "\nstart_time=ticks:" + new Proc(pid).startTicks() + "\n");
        big("b_20260101_000000.log", 2L << 30);
        found(Grade.WARNING, "which has not ended, has 2048 MiB", checks().logs());
    }
}
