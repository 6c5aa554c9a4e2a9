package bgjob.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import docs.Checkout;
import docs.Markdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final long SHORT = 500;

    @TempDir
    Path temp;

    private static Check check(String name, Check.Look look) {
        return new Check(name, look);
    }

    @Test
    void findings_keep_the_order_of_the_checks() {
        List<Diagnosis> found = new Doctor(List.of(check("a", () -> Finding.ok("1")), check("b", () -> Finding.note("2", null)))).examine();

        assertEquals(List.of(new Diagnosis("a", Finding.ok("1")), new Diagnosis("b", Finding.note("2", null))), found);
    }

    /** A pipe that nobody writes to never answers, as a dead network mount. */
    @Test
    void a_check_that_never_answers_holds_up_no_other() throws Exception {
        Path pipe = temp.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        List<Diagnosis> found = new Doctor(List.of(check("dead", () -> Finding.ok(Files.readString(pipe))), check("alive",
                () -> Finding.ok("here")))).examine(SHORT);

        assertEquals(Grade.WARNING, found.get(0).finding().grade());
        assertEquals("no answer within 0.5 s", found.get(0).finding().fact());
        assertEquals(Finding.ok("here"), found.get(1).finding());
        new ProcessBuilder("/bin/sh", "-c", ": >\"$0\"", pipe.toString()).start().waitFor(); // lets the thread end
    }

    @Test
    void a_check_that_fails_says_why_and_only_once() {
        Check.Look failing = () -> {
            throw BgjobException.cannotTell("cannot list it");
        };
        List<Diagnosis> found = new Doctor(List.of(check("a", failing), check("b", failing), check("c", () -> {
            throw new IllegalStateException("odd");
        }))).examine();

        assertEquals(Grade.PROBLEM, found.get(0).finding().grade());
        assertEquals("cannot list it", found.get(0).finding().fact());
        assertEquals(Finding.note("not looked at, for the same reason as a", null), found.get(1).finding());
        assertEquals(Grade.WARNING, found.get(2).finding().grade());
    }

    @Test
    void every_check_is_documented_in_its_order_and_no_other() throws Exception {
        Place place = new Place(temp);
        Program program = new Program(null, null, "/nowhere", "25", "x", "UTF-8", null);
        List<String> checks = new Doctor(place.here(), program, place::jobs).examine().stream().map(Diagnosis::check).toList();

        assertEquals(new Markdown(Checkout.text("docs/doctor.md")).rows("The checks").stream().map(row -> Markdown.plain(row.cells().get(0))).toList(), checks);
        assertTrue(checks.size() > 25, checks.toString());
    }
}
