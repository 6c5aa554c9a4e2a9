package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code follow --progress} and {@code list --watch} draw, seen on a real terminal, and how they leave it. */
class LiveDisplayTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    static List<String> javas() throws IOException {
        try (var all = Files.list(Path.of("/usr/lib/jvm"))) {
            List<String> found = all.filter(java -> Files.isRegularFile(java.resolve("release")) && !Files.isSymbolicLink(java))
                    .map(Path::toString).sorted().toList();
            return found.isEmpty() ? List.of(System.getProperty("java.home")) : found;
        } catch (IOException e) {
            return List.of(System.getProperty("java.home"));
        }
    }

    private static String last(Tmux terminal, int rows) {
        List<String> screen = terminal.screen();
        return screen.size() == rows ? screen.get(rows - 1) : "";
    }

    private void steps() {
        home.start("steps", "sh", "-c", "seq 30; echo '1/4 a' >>\"$BGJOB_PROGRESS\"; gate one; echo more; echo '2/4 b' >>\"$BGJOB_PROGRESS\"; gate two");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void a_bar_stands_below_the_output_and_goes_with_ctrl_c(String java) {
        home.environment().put("JAVA_HOME", java);
        home.ok("--version");
        steps();
        try (Tmux terminal = Tmux.open(home, 90, 12)) {
            terminal.line("stty -g >before; bgjob follow steps --progress 2>complaints");
            Await.until("a bar: " + terminal.screen(), () -> last(terminal, 12).startsWith("steps [=====") && last(terminal, 12).contains("1/4 (25%) a"));
            Await.until("the output ends above the bar", () -> (terminal.screen().get(9) + terminal.screen().get(10)).strip().equals("30"));
            home.open("one");
            Await.until("it moves", () -> last(terminal, 12).contains("2/4 (50%) b"));
            Await.until("output goes on", () -> terminal.screen().contains("more"));

            terminal.resize(50, 8);
            Await.until("it fits the new size: " + terminal.screen(), () -> last(terminal, 8).startsWith("steps [") && last(terminal, 8).endsWith("…"));

            terminal.ctrlC();
            terminal.line("echo status $?; stty -g | cmp - before && echo same; wc -c <complaints");
            terminal.shows("status 130\nsame\n0");
            assertFalse(String.join("\n", terminal.screen()).contains("=>"), "the bar is gone: " + terminal.screen());
            assertEquals("0 7", terminal.value("scroll_region_upper") + " " + terminal.value("scroll_region_lower"));
            assertEquals("1", terminal.value("cursor_flag"));
        }
        assertEquals("running", home.state("steps"));
        home.open("two");
    }

    @Test
    void the_bar_goes_when_the_job_ends() {
        steps();
        try (Tmux terminal = Tmux.open(home, 100, 12)) {
            terminal.line("bgjob follow steps --progress");
            Await.until("a bar", () -> last(terminal, 12).contains("1/4 (25%) a"));
            home.open("one");
            home.open("two");
            terminal.shows("completed (exit 0)");
            terminal.line("echo status $?");
            terminal.shows("status 0");
            assertFalse(String.join("\n", terminal.screen()).contains("=>"), terminal.screen().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void a_watched_list_is_drawn_in_place_and_leaves_the_screen_as_it_was(String java) {
        home.environment().put("JAVA_HOME", java);
        home.ok("--version");
        steps();
        try (Tmux terminal = Tmux.open(home, 100, 12)) {
            terminal.line("echo kept; stty -g >before; bgjob list --watch 2>complaints");
            terminal.shows(" 25% ");
            assertEquals("1 0", terminal.value("alternate_on") + " " + terminal.value("cursor_flag"));
            home.open("one");
            terminal.shows(" 50% ");
            assertEquals(2, terminal.screen().size(), "drawn in place: " + terminal.screen());

            terminal.resize(40, 8);
            Await.until("it fits", () -> terminal.screen().size() == 2 && terminal.screen().get(1).contains(" running")
                    && !String.join("", terminal.screen()).contains("COMMAND"));

            terminal.ctrlC();
            terminal.shows("kept");
            terminal.line("echo status $?; stty -g | cmp - before && echo same; wc -c <complaints");
            terminal.shows("status 130\nsame\n0");
            assertEquals("0 1", terminal.value("alternate_on") + " " + terminal.value("cursor_flag"));
        }
        home.open("two");
    }

    @Test
    void a_terminal_that_cannot_place_a_cursor_gets_plain_lines() {
        steps();
        try (Tmux terminal = Tmux.open(home, 100, 12)) {
            terminal.line("TERM=dumb bgjob follow steps -n 1 --progress");
            terminal.shows("steps: 1/4 (25%) a");
            terminal.ctrlC();
            terminal.line("bgjob list --watch </dev/null"); // without input there is no terminal to ask
            terminal.shows("25%");
            assertEquals("0", terminal.value("alternate_on"));
            terminal.ctrlC();
        }
        home.open("one");
        home.open("two");
    }
}
