package bgjob.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.Kind;
import bgjob.support.Proc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static List<String> sh(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    @Nested
    class ToTheEnd {
        @Test
        void output_and_errors_come_together_with_the_exit_status() {
            Commands.Result result = Commands.run(sh("echo out; echo err >&2; exit 3"));

            assertEquals(3, result.exit());
            assertEquals(Set.of("out", "err"), result.output().lines().collect(Collectors.toSet()));
        }

        @Test
        void one_that_takes_too_long_is_killed_and_what_it_started_is_not_waited_for() {
            Commands.Result slow = Commands.run(sh("echo $$; exec sleep 60"), 300);
            Commands.Result forked = Commands.run(sh("sleep 60 & echo $!; exit 4"), 30_000);

            assertEquals(new Commands.Result(-1, "it did not end within 300 ms"), slow);
            assertEquals(4, forked.exit());
            Proc left = new Proc(Long.parseLong(forked.output().strip()));
            assertTrue(left.alive(), "nobody waited for it");
            left.signal("KILL");
            left.awaitEnd();
        }

        @Test
        void a_signal_counts_as_a_shell_counts_it() {
            assertEquals(143, Commands.run(sh("kill -TERM $$")).exit());
        }

        @Test
        void arguments_arrive_exactly() {
            List<String> hostile = List.of("", " ", "a b", "'a'", "\"a\"", "\"a b", "\\", "${HOME}", "$x", "*", "a\nb", "é", "-n", "&", "'");
            List<String> command = new ArrayList<>(sh("for w; do printf '<%s>' \"$w\"; done"));
            command.add("sh");
            command.addAll(hostile);

            assertEquals("<" + String.join("><", hostile) + ">", Commands.run(command).output());
        }

        @Test
        void a_program_that_is_not_there_is_a_result_and_no_failure() {
            Commands.Result result = Commands.run(List.of("/nonexistent/program"));

            assertEquals(-1, result.exit());
            assertTrue(result.output().contains("/nonexistent/program"), result.output());
        }

        @Test
        void much_output_is_read_in_full_and_the_input_is_empty() {
            assertEquals(1_000_000, Commands.run(sh("cat; head -c 1000000 /dev/zero")).output().length());
        }
    }

    @Nested
    class Listening {
        @Test
        void it_hears_the_command_until_that_closes_its_ears_and_lets_it_go_on() {
            String said = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30),
                    () -> Commands.startAndListen(sh("echo $$; exec >/dev/null 2>&1 </dev/null; exec sleep 300")));
            Proc child = new Proc(Long.parseLong(said.strip()));
            try {
                assertTrue(child.alive());
            } finally {
                child.signal("KILL");
                child.awaitEnd();
            }
        }

        @Test
        void what_it_complains_of_is_heard_too() {
            assertTrue(Commands.startAndListen(sh("echo out; echo wrong >&2; exit 1")).contains("wrong"));
        }

        @Test
        void a_command_that_ends_without_a_word_is_heard_to_be_silent() {
            assertEquals("", Commands.startAndListen(sh("exit 7")));
        }

        @Test
        void its_input_is_closed() {
            assertEquals("", Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Commands.startAndListen(List.of("cat"))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"/nonexistent/program", "/etc"})
        void a_program_that_cannot_be_started_is_a_failure_that_names_it(String program) {
            BgjobException failure = assertThrows(BgjobException.class, () -> Commands.startAndListen(List.of(program)));

            assertEquals(Kind.FAILED, failure.kind());
            assertTrue(failure.getMessage().startsWith("cannot start " + program + ": "), failure.getMessage());
        }

        @Test
        void it_leaves_no_thread_that_would_keep_the_program_alive() {
            String said = Commands.startAndListen(sh("echo $$; exec >/dev/null 2>&1 </dev/null; exec sleep 300"));
            Proc child = new Proc(Long.parseLong(said.strip()));
            try {
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    assertFalse(thread.getName().equals("starter") && !thread.isDaemon(), thread.toString());
                }
            } finally {
                child.signal("KILL");
                child.awaitEnd();
            }
        }
    }
}
