package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "0ms, 0", "1, 1000", "500ms, 500", "10s, 10000", "5m, 300000", "2h, 7200000", "7d, 604800000", "007s, 7000",
        "36500d, 3153600000000"})
    void a_number_and_a_unit_make_a_length_of_time(String text, long millis) {
        assertEquals(millis, Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "ms", "-1", "-1s", "+1s", "1.5s", "1 s", " 1s", "1s ", "1S", "1sec", "1h30m", "1w", "ten",
        "9999999999999999999d", "999999999999999999d", "9223372036854775807", "٣s", "1e3"})
    void anything_else_is_refused_with_the_value_and_the_form(String text) {
        BgjobException refusal = assertThrows(BgjobException.class, () -> Durations.parse(text));

        assertEquals(Kind.USAGE, refusal.kind());
        assertTrue(refusal.getMessage().startsWith("'" + text + "' "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("500ms, 10s, 5m, 2h or 7d"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0s", "49, 0.0s", "400, 0.4s", "999, 0.9s", "1000, 1.0s", "9999, 9.9s", "10000, 10s", "59999, 59s",
        "60000, 1m 00s", "184000, 3m 04s", "3599999, 59m 59s", "3600000, 1h 00m", "7500000, 2h 05m", "86399999, 23h 59m",
        "86400000, 1d 00h", "273600000, 3d 04h", "8640000000, 100d 00h"})
    void a_length_of_time_is_shown_in_its_two_largest_units_and_never_rounded_up(long millis, String text) {
        assertEquals(text, Durations.format(millis));
    }
}
