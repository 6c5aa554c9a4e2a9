package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UptimeTest {
    @ParameterizedTest
    @CsvSource({"0.00, 0", "0.01, 10", "1.50, 1500", "12345.67, 12345670", "12345.67 99999.99, 12345670", "31536000.99, 31536000990"})
    void the_first_number_counts(String text, long millis) {
        assertEquals(millis, Uptime.millis(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "12345", "12345.", ".67", "12345.6", "12345.678", "-1.00", "x.00", "1 2.00", "\0.00"})
    void anything_else_is_none(String text) {
        assertEquals(-1, Uptime.millis(text));
    }

    @Test
    void no_text_is_none() {
        assertEquals(-1, Uptime.millis(null));
    }

    @Test
    void the_machines_own_text_is_read() throws Exception {
        Path uptime = Path.of("/proc/uptime");
        Assumptions.assumeTrue(Files.exists(uptime), "missing tool: /proc");
        long before = Uptime.millis(Files.readString(uptime));
        long after = Uptime.millis(Files.readString(uptime));

        assertTrue(before > 0 && before <= after, before + " " + after);
    }
}
