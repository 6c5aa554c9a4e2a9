package bgjob.doctor;

import static bgjob.doctor.Place.found;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.support.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryChecksTest {
    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
        place.environment.put("PATH", System.getenv("PATH"));
    }

    private DirectoryChecks checks() {
        return new DirectoryChecks(place.machine(), place.records());
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(place.logs, PosixFilePermissions.fromString(mode));
    }

    @Test
    void a_directory_that_can_be_made_or_written_is_fine_and_stays_as_it_was() throws IOException {
        found(Grade.OK, "can be made", checks().writable());
        place.record("jobs/x", "");
        Place.age(place.logs, 5000);
        var before = Files.getLastModifiedTime(place.logs);
        found(Grade.OK, "can be written", checks().writable());
        found(Grade.OK, "finer than a second", checks().times());
        assertEquals(before, Files.getLastModifiedTime(place.logs), "the index stays valid");
        assertArrayEquals(new String[] {"x"}, place.logs.resolve("jobs").toFile().list());
    }

    @Test
    void a_file_in_its_place_is_a_problem() throws IOException {
        Files.createFile(place.logs);
        found(Grade.PROBLEM, "no directory", checks().writable());
    }

    @Test
    void what_cannot_be_written_is_a_problem() throws IOException {
        place.record("jobs/x", "");
        Path link = place.logs.resolve("jobs");
        Files.delete(link.resolve("x"));
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("/proc/self")); // where not even root can make a file
        found(Grade.PROBLEM, "no job can be started", checks().writable());
    }

    @Test
    void others_rights_are_seen() throws Exception {
        found(Grade.OK, "will be yours alone", checks().ownAlone());
        place.file("/proc/self/status", "Uid:\t" + Files.getAttribute(place.folder, "unix:uid") + "\t0\t0\t0\n");
        place.record("x", "");
        mode("rwx------");
        found(Grade.OK, "is yours alone", checks().ownAlone());
        mode("rwxr-x---");
        found(Grade.NOTE, "read by others", checks().ownAlone());
        mode("rwxrwx---");
        found(Grade.WARNING, "written by others", checks().ownAlone());
        place.file("/proc/self/status", "Uid:\t4242\t0\t0\t0\n");
        found(Grade.WARNING, "not to you", checks().ownAlone());
    }

    private void git(String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(Tool.need("git"), "-C", place.folder.toString()));
        words.addAll(List.of(arguments));
        assertEquals(0, new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor());
    }

    @Test
    void git_must_leave_the_records_alone() throws Exception {
        found(Grade.OK, "no git repository", checks().ignored());
        git("init", "-q");
        found(Grade.OK, "as soon as it is made", checks().ignored());
        place.record("tests_20260101_000000.log", "");
        found(Grade.WARNING, "does not ignore", checks().ignored());
        git("add", ".logs");
        place.record(".gitignore", "*\n");
        found(Grade.WARNING, "under version control", checks().ignored());
        git("rm", "-q", "-r", "--cached", ".logs");
        found(Grade.OK, "git ignores", checks().ignored());
    }

    @Test
    void without_git_the_file_in_the_directory_is_what_counts() throws Exception {
        git("init", "-q");
        place.environment.put("PATH", place.folder.resolve("bin").toString());
        place.record("x", "");
        found(Grade.NOTE, "git is not there", checks().ignored());
        place.record(".gitignore", "*\n");
        found(Grade.OK, "told to ignore", checks().ignored());
    }
}
