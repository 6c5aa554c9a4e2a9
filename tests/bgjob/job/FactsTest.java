package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {
    private final Facts facts = new Facts();

    @Test
    void a_key_that_comes_again_keeps_its_first_value_and_has_a_last_one() {
        facts.add("state", "a");
        facts.add("other", "x");
        facts.add("state", "b");
        facts.add("state", "c");

        assertEquals("a", facts.first("state"));
        assertEquals("c", facts.last("state"));
        assertEquals(4, facts.size());
        assertEquals("other", facts.key(1));
        assertEquals("x", facts.value(1));
    }

    @Test
    void an_absent_or_empty_value_is_null() {
        facts.add("empty", "");
        facts.add("late", "x");
        facts.add("late", "");

        assertNull(facts.first("absent"));
        assertNull(facts.last("absent"));
        assertNull(facts.first("empty"));
        assertNull(facts.last("empty"));
        assertEquals("x", facts.first("late"));
        assertNull(facts.last("late"));
    }

    @Test
    void a_number_is_that_of_the_first_value() {
        facts.add("pid", "4711");
        facts.add("pid", "1");
        facts.add("word", "x1");

        assertEquals(4711, facts.number("pid"));
        assertEquals(-1, facts.number("word"));
        assertEquals(-1, facts.number("absent"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "007, 7", "4194304, 4194304", "999999999999999999, 999999999999999999"})
    void decimal_digits_are_a_number(String text, long number) {
        assertEquals(number, Facts.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", " 1", "1 ", "1\n", "0x1", "1.0", "1e3", "١", "9999999999999999999", "9223372036854775808"})
    void anything_else_is_none(String text) {
        assertEquals(-1, Facts.parse(text));
    }
}
