package bgjob.doctor;

import static bgjob.doctor.Place.found;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemChecksTest {
    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
    }

    private SystemChecks checks() {
        return new SystemChecks(place.machine(), place.records());
    }

    @Test
    void what_proc_does_not_show_is_said() {
        found(Grade.NOTE, "no /proc", checks().proc());
        place.file("/proc/self/stat", "1 (x) S");
        found(Grade.WARNING, "boot id", checks().proc());
        place.file("/proc/sys/kernel/random/boot_id", "x\n");
        found(Grade.OK, "/proc shows", checks().proc());
        place.file("/proc/self/mountinfo", "22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw,hidepid=invisible\n");
        found(Grade.NOTE, "hidepid=invisible", checks().proc());
        place.file("/proc/self/mountinfo", "22 27 0:21 / /proc rw,relatime - proc proc rw,hidepid=0\n");
        found(Grade.OK, "/proc shows", checks().proc());
    }

    @Test
    void slurm_is_no_part_of_every_machine_and_where_it_is_its_partitions_are_named() {
        found(Grade.OK, "no Slurm here", checks().slurm());
        place.program("sbatch", "").program("squeue", "");
        found(Grade.NOTE, "not scancel", checks().slurm());
        place.program("scancel", "").program("sinfo", "echo 'sinfo: error: Unable to contact' >&2; exit 1");
        found(Grade.NOTE, "no controller answers", checks().slurm());
        place.program("sinfo", "[ \"$*\" = '-h -o %R' ] && echo main && echo gpu");
        found(Grade.OK, "main, gpu", checks().slurm());
    }

    @Test
    void a_container_is_known_by_its_mark_or_its_pid_name_space() throws IOException {
        Path ns = Path.of(place.file("/proc/self/ns/x", "").root() + "/proc/self/ns/pid");
        Files.createSymbolicLink(ns, Path.of("pid:[4026531836]"));
        found(Grade.OK, "no container", checks().container());
        place.file("/.dockerenv", "");
        found(Grade.NOTE, "container", checks().container());
        Files.delete(Path.of(place.root() + "/.dockerenv"));
        Files.delete(ns);
        Files.createSymbolicLink(ns, Path.of("pid:[4026532001]"));
        found(Grade.NOTE, "pid:[4026532001]", checks().container());
    }

    private void limits(String file, String cpu, String processes) {
        place.file("/proc/self/limits", "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max cpu time              " + cpu + "            unlimited            seconds\n"
                + "Max file size             " + file + "            unlimited            bytes\n"
                + "Max processes             " + processes + "                96243                processes\n");
    }

    @Test
    void limits_that_end_a_job_are_named() {
        place.file("/proc/self/status", "Name:\tx\nUid:\t1000\t1000\t1000\t1000\n");
        limits("unlimited", "unlimited", "96243");
        found(Grade.OK, "no limit", checks().limits());
        limits("1048576", "unlimited", "96243");
        found(Grade.WARNING, "1048576 bytes", checks().limits());
        limits("unlimited", "60", "96243");
        found(Grade.WARNING, "60 s", checks().limits());
        place.file("/proc/7/status", "Uid:\t1000\t1000\nThreads:\t400\n");
        place.file("/proc/8/status", "Uid:\t0\t0\nThreads:\t5000\n");
        limits("unlimited", "unlimited", "700");
        found(Grade.OK, "no limit", checks().limits());
        limits("unlimited", "unlimited", "500");
        found(Grade.WARNING, "of which 400", checks().limits());
    }

    @Test
    void a_record_newer_than_the_clock_shows_that_it_was_set_back() {
        place.record("tests_20260101_000000.meta", "started=2026-01-01T00:00:00Z\n");
        place.record("tests_20260101_000000.exit", "0\n");
        found(Grade.OK, "no record is newer", checks().clock());
        place.record("tests_20980101_000000.meta", "started=2098-01-01T00:00:00Z\n");
        place.record("tests_20980101_000000.exit", "0\n");
        found(Grade.WARNING, "set back", checks().clock());
    }

    @Test
    void a_file_system_ahead_of_the_clock_shows() throws IOException {
        place.record("other", "");
        Place.age(place.logs, -3_600_000);
        found(Grade.WARNING, "ahead of the clock by", checks().clock());
    }

    @Test
    void a_directory_for_temporary_files_must_be_there() {
        found(Grade.WARNING, "/tmp cannot be written", checks().tmp());
        place.file("/tmp/x", "");
        found(Grade.OK, "/tmp can be written", checks().tmp());
        place.environment.put("TMPDIR", "/nowhere");
        found(Grade.WARNING, "/nowhere cannot", checks().tmp());
    }
}
