package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

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
}
