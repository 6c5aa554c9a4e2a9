package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Pty;
import bgjob.support.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --notify}: the user is told once, by the first way that there is, and the record says which it was. */
class NotifyTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void noDesktop() {
        for (String name : List.of("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")) {
            home.environment().put(name, "");
        }
    }

    private JobRecord newest(String label) {
        return home.job(Path.of(home.ok("latest", label).strip()).getFileName().toString().replace(".log", ""));
    }

    private static String notified(JobRecord job) {
        return Await.value("it is recorded how the user was told", () -> job.fact("notified"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox", "ksh93", "mksh", "zsh", "yash"})
    void a_terminal_that_is_still_there_rings_its_bell_once(String shell) {
        String path = Tool.need(shell);
        home.environment().put("BGJOB_SH", shell.equals("busybox") ? home.program("ash", "exec " + path + " ash \"$@\"").toString() : path);
        Pty terminal = Pty.open(home, "bgjob run ring --notify -- gate end; gate over");
        terminal.shows("Stop:");
        JobRecord job = newest("ring");
        assertTrue(job.fact("notify_tty").startsWith("/dev/pts/"), job.fact("notify_tty"));
        assertEquals(-1, terminal.screen().indexOf('\u0007'));
        home.open("end");

        assertEquals("bell", notified(job));
        terminal.shows("\u0007");
        job.ended();
        home.open("over");
        assertEquals(1, terminal.await().out().chars().filter(c -> c == 7).count());
        assertEquals("0", job.exitText());
        assertEquals("", job.output());
    }

    @Test
    void a_terminal_that_has_gone_is_no_failure() {
        Pty terminal = Pty.open(home, "bgjob run gone --notify -- gate end; gate over");
        terminal.shows("Stop:");
        JobRecord job = newest("gone");
        terminal.hangUp();
        home.open("end");

        String way = notified(job);

        assertTrue(way.equals("none") || way.equals("bell"), way); // another test may have that terminal now
        assertEquals("0", job.ended().exitText());
    }

    @Test
    void a_desktop_comes_first_and_hears_how_the_job_ended() throws IOException {
        home.program("notify-send", "printf '<%s>' \"$@\" >>" + home.root() + "/sent; ls " + home.logs() + "/*.exit >>" + home.root() + "/sent");
        home.environment().put("DISPLAY", ":99");
        JobRecord job = home.started(home.ok("run", "desk", "--notify", "--sh", "exit 3")).ended();

        assertEquals("notify-send", notified(job));
        assertEquals("<-a><bgjob><bgjob: desk><desk has ended with exit status 3>" + job.exit() + "\n", Files.readString(home.root().resolve("sent")));
        assertEquals(List.of("notify-send"), job.facts("notified"));
    }

    @Test
    void a_desktop_that_does_not_answer_is_passed_over() {
        home.program("notify-send", "exit 1");
        home.environment().put("DISPLAY", ":99");

        assertEquals("none", notified(home.started(home.ok("run", "deaf", "--notify", "--", "true")).ended()));
    }

    @Test
    void it_is_asked_for_by_the_environment_too_and_comes_again_with_rerun() {
        home.environment().put("BGJOB_NOTIFY", "1");
        JobRecord job = home.started(home.ok("run", "env", "--", "true")).ended();
        home.environment().put("BGJOB_NOTIFY", "no");
        JobRecord again = home.started(home.ok("rerun", "env")).ended();
        JobRecord not = home.started(home.ok("run", "not", "--", "true")).ended();

        assertEquals("none", notified(job));
        assertEquals("none", notified(again));
        assertEquals(List.of(), not.facts("notified"));
        assertEquals(List.of(), not.facts("notify_tty"));
        home.environment().put("BGJOB_NOTIFY", "perhaps");
        assertTrue(home.fails(2, "run", "bad", "--", "true").contains("BGJOB_NOTIFY 'perhaps' is neither 1 nor 0"));
    }
}
