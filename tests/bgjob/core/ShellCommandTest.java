package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellCommandTest {
    @Test
    void shell_text_goes_to_sh_and_its_arguments_are_numbered_from_one() {
        assertEquals(List.of("sh", "-c", "a | b"), ShellCommand.ofText("a | b", List.of()));
        assertEquals(List.of("sh", "-c", "echo $1", "sh", "x y"), ShellCommand.ofText("echo $1", List.of("x y")));
    }

    @Test
    void a_login_shell_hands_the_command_on_without_reading_it_again() {
        assertEquals(List.of("/bin/zsh", "-l", "-c", "exec \"$@\"", "/bin/zsh", "make", "a b"),
                ShellCommand.throughLogin("/bin/zsh", List.of("make", "a b")));
        assertEquals(List.of("/usr/bin/fish", "-l", "-c", "exec $argv", "make"), ShellCommand.throughLogin("/usr/bin/fish", List.of("make")));
        assertEquals("/bin/sh", ShellCommand.throughLogin(null, List.of("make")).get(0));
        assertEquals("/bin/sh", ShellCommand.throughLogin("", List.of("make")).get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/csh", "/usr/bin/tcsh"})
    void a_shell_that_cannot_hand_arguments_on_is_refused(String shell) {
        BgjobException refusal = assertThrows(BgjobException.class, () -> ShellCommand.throughLogin(shell, List.of("make")));

        assertEquals(Kind.USAGE, refusal.kind());
        assertTrue(refusal.getMessage().contains(shell), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=", "A=b", "_x1=a=b", "a=\n", "PATH=/bin:/usr/bin"})
    void a_name_and_a_value_are_an_assignment(String text) {
        assertTrue(ShellCommand.isAssignment(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "=a", "A", "1A=b", "A B=c", "A-B=c", "é=b", "A.B=c", "$A=b", " A=b"})
    void anything_else_is_none(String text) {
        assertFalse(ShellCommand.isAssignment(text));
    }
}
