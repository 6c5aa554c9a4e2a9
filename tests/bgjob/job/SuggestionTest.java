package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void a_slip_of_the_finger_is_recognised() {
        assertEquals("; did you mean 'status'?", Suggestion.near("stauts", List.of("run", "status", "stop")));
        assertEquals("; did you mean 'follow'?", Suggestion.near("folow", List.of("run", "follow")));
    }

    @Test
    void a_beginning_of_two_letters_or_more_is_enough() {
        assertEquals("; did you mean 'tests_integration'?", Suggestion.near("te", List.of("api", "tests_integration")));
        assertEquals("", Suggestion.near("t", List.of("api", "tests_integration")));
    }

    @Test
    void the_nearest_come_first_and_no_more_than_three_come() {
        List<String> known = List.of("abcdeXYZ", "abcdefXY", "abcdefgX", "abcdefghi", "unlike");

        assertEquals("; did you mean 'abcdefghi', 'abcdefgX' or 'abcdefXY'?", Suggestion.near("abcdefgh", known));
    }

    @Test
    void two_are_joined_by_or() {
        assertEquals("; did you mean 'taste' or 'test'?", Suggestion.near("tast", List.of("taste", "test", "zebra")));
    }

    @Test
    void nothing_near_gives_no_text() {
        assertEquals("", Suggestion.near("deploy", List.of("tests", "api")));
        assertEquals("", Suggestion.near("x", List.of()));
        assertEquals("", Suggestion.near("", List.of("tests")));
    }
}
