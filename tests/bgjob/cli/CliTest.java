package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a command line is said in one sentence, and nothing is done. */
class CliTest {
    private static final String DIR = "DIR/.logs";

    /** The command line, its exit status, and what is printed. */
    private static final String[][] WRONG = {
        {"stauts x", "2", "there is no command 'stauts'; did you mean 'status' or 'stats'?; see: bgjob --help"},
        {"frobnicate", "2", "there is no command 'frobnicate'; see: bgjob --help"},
        {"help stauts", "2", "there is no command 'stauts'; did you mean 'status' or 'stats'?; see: bgjob --help"},
        {"run", "2", "run: missing required parameter: 'LABEL'; see: bgjob run --help"},
        {"run x", "2", "there is no command to run; put it behind --: bgjob run x -- CMD [ARG…]"},
        {"run x --", "2", "there is no command behind --; write: bgjob run x -- CMD [ARG…]"},
        {"run x make all", "2", "put -- before the command: bgjob run x -- make all"},
        {"run a/b -- true", "2", "label 'a/b' has a character other than A-Z a-z 0-9 . _ -; use letters, digits, '.', '_' and '-'"},
        {"run x --env 1A=b -- true", "2", "--env '1A=b' is no NAME=VALUE; a name has letters, digits and '_', and begins with no digit"},
        {"run x --cwd gone -- true", "2", "--cwd 'gone' is no directory"},
        {"run x --frob -- true", "2", "run: unknown option: '--frob'; see: bgjob run --help"},
        {"status x", "1", "no job 'x' in " + DIR + ": there are no jobs yet; start one with: bgjob run x -- CMD"},
        {"status a/b", "2", "'a/b' is no label or job id: it has a character other than A-Z a-z 0-9 . _ -"},
        {"logs x", "1", "no job 'x' in " + DIR + ": there are no jobs yet; start one with: bgjob run x -- CMD"},
        {"logs x -n -1", "2", "-n -1: a number from 0 up is needed"},
        {"logs x --since -1", "2", "--since -1: a number from 0 up is needed"},
        {"logs x -n 1 --since 1", "2", "-n and --since exclude each other; give one of them"},
        {"logs x --json -f", "2", "--json goes with -n and --since only"},
        {"follow", "2", "follow: missing required parameter: 'LABEL'; see: bgjob follow --help"},
        {"follow x -n -2", "2", "-n -2: a number from 0 up is needed"},
        {"stop", "2", "say what to stop: a label, a job id, or --all"},
        {"stop x --all", "2", "give labels or --all, not both"},
        {"stop x --signal FOO", "2", "'FOO' is no signal; use a name such as TERM, INT, HUP or USR1, or 1 2 3 6 9 14 15"},
        {"stop x --grace soon", "2", "'soon' is no length of time; write a number and a unit, such as 500ms, 10s, 5m, 2h or 7d (at most 36500d)"},
        {"list --state dead", "2", "--state 'dead' is no state; use queued, running, paused, completed, failed, stopped, timed-out or lost"},
        {"list -n 0", "2", "-n 0: a number from 1 up is needed"},
        {"list x", "1", "no job 'x' in " + DIR + ": there are no jobs yet; start one with: bgjob run x -- CMD"},
        {"wait x --any --all", "2", "--any and --all exclude each other"},
        {"wait x --timeout never", "2", "'never' is no length of time; write a number and a unit, such as 500ms, 10s, 5m, 2h or 7d (at most 36500d)"},
        {"latest x", "1", "no job 'x' in " + DIR + ": there are no jobs yet; start one with: bgjob run x -- CMD"},
        {"--dir other status x", "1", "no job 'x' in DIR/other: there are no jobs yet; start one with: bgjob run x -- CMD"},
        {"--dir=other/ status x", "1", "no job 'x' in DIR/other: there are no jobs yet; start one with: bgjob run x -- CMD"},
        {"status x --dir other", "1", "no job 'x' in DIR/other: there are no jobs yet; start one with: bgjob run x -- CMD"}};

    @Test
    void a_mistake_is_one_sentence_on_one_line_with_a_number(@TempDir Path temp) throws Exception {
        Path dir = temp.toRealPath();
        List<List<String>> lines = Arrays.stream(WRONG).map(row -> List.of(row[0].split(" "))).toList();
        List<Call> calls = Calls.make(dir, lines);
        StringBuilder wrong = new StringBuilder();
        for (int i = 0; i < WRONG.length; i++) {
            Call expected = new Call(Integer.parseInt(WRONG[i][1]), "bgjob: " + WRONG[i][2].replace("DIR/", dir + "/") + "\n");
            if (!calls.get(i).equals(expected)) {
                wrong.append(WRONG[i][0]).append("\n  expected ").append(expected).append("\n  was      ").append(calls.get(i)).append('\n');
            }
        }

        assertEquals("", wrong.toString());
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(0, files.count(), "a mistake must not leave anything behind");
        }
    }

    @Test
    void what_finds_nothing_without_being_a_mistake_succeeds(@TempDir Path dir) throws Exception {
        List<Call> calls = Calls.make(dir, List.of(List.of("list"), List.of("list", "--json"), List.of("list", "--quiet"), List.of("stop", "--all"),
                List.of("--version"), List.of("-V")));

        assertEquals(new Call(0, "no jobs\n"), calls.get(0));
        assertEquals(new Call(0, "[]\n"), calls.get(1));
        assertEquals(new Call(0, ""), calls.get(2));
        assertEquals(new Call(0, "nothing is running\n"), calls.get(3));
        assertEquals(new Call(0, "bgjob " + Version.NUMBER + "\n"), calls.get(4));
        assertEquals(calls.get(4), calls.get(5));
    }

    @Test
    void an_argument_that_begins_with_an_at_sign_is_no_file_to_read(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("args"), "--help\n");
        Call call = Calls.make(dir, List.of(List.of("status", "@args"))).get(0);

        assertEquals(2, call.status());
        assertTrue(call.said().startsWith("bgjob: '@args' is no label"), call.said());
        assertFalse(call.said().contains("Usage"), call.said());
    }
}
