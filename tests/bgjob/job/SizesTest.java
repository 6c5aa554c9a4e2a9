package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    private static final long LEAST = 64 << 10;

    @ParameterizedTest
    @CsvSource({"64K, 65536", "500M, 524288000", "2g, 2147483648", "1T, 1099511627776", "100000, 98304", "none, 0", "0, 0", "0G, 0"})
    void a_number_and_a_unit_are_bytes_in_whole_blocks(String text, long bytes) {
        assertEquals(bytes, Sizes.parse(text, LEAST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K", "1.5G", "-1", "1KB", "2T", "65535", "99999999999999999999G", " 1G"})
    void anything_else_is_named_with_what_is_taken(String text) {
        String said = assertThrows(BgjobException.class, () -> Sizes.parse(text, LEAST)).getMessage();

        assertTrue(said.startsWith("'" + text + "' is no size") && said.contains("from 64K to 1T"), said);
    }

    @Test
    void sizes_are_shown_in_three_digits_or_so() {
        assertEquals("1023 bytes", Sizes.format(1023));
        assertEquals("1.0 KiB", Sizes.format(1024));
        assertEquals("1.2 GiB", Sizes.format(1318506496L));
        assertEquals("512 MiB", Sizes.format(512L << 20));
        assertEquals("3000 TiB", Sizes.format(3000L << 40));
    }
}
