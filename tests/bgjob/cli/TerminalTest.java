package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
    @Test
    void colour_is_for_terminals_whose_user_has_not_refused_it() {
        assertTrue(new Terminal(true, null).colour());
        assertTrue(new Terminal(true, "").colour());
        assertFalse(new Terminal(true, "1").colour());
        assertFalse(new Terminal(true, "0").colour());
        assertFalse(new Terminal(false, null).colour());
    }

    @Test
    void text_is_painted_where_there_is_colour_and_left_alone_elsewhere() {
        assertEquals("\u001b[31mfailed\u001b[0m", new Terminal(true, null).paint(31, "failed"));
        assertEquals("failed", new Terminal(false, null).paint(31, "failed"));
    }

    private static boolean settled(String bytes) {
        byte[] written = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return Terminal.settledBy(written, 0, written.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\n", "\u00c3\u00a9", "\u00f0\u009f\u009a\u0080", "\u001b[31mred", "\u001b[31m", "\u001b[2K", "\u001b7",
        "\u001b]0;title\u0007", "\u001b[31\n"})
    void what_is_whole_may_be_drawn_beside(String written) {
        assertTrue(settled(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00c3", "\u00f0\u009f\u009a", "\u001b", "a\u001b[", "\u001b[31", "\u001b[1;3", "\u001b]0;tit", "ok\u001b[0m\u001b[3"})
    void a_character_or_an_escape_sequence_is_not_drawn_into(String written) {
        assertFalse(settled(written));
    }
}
