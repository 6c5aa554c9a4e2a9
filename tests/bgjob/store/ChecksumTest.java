package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    private static int sum(byte[] bytes, int before) {
        return Checksum.of(bytes, 0, bytes.length, before);
    }

    @Test
    void it_is_the_one_that_is_known_as_fnv_1a() {
        int begin = 0x811c9dc5;

        assertEquals("e40c292c", Checksum.hex(sum("a".getBytes(StandardCharsets.US_ASCII), begin)));
        assertEquals("bf9cf968", Checksum.hex(sum("foobar".getBytes(StandardCharsets.US_ASCII), begin)));
        assertEquals("0000000f", Checksum.hex(15));
        assertEquals("ffffffff", Checksum.hex(-1));
    }

    @Test
    void a_sum_of_parts_is_the_sum_of_the_whole() {
        byte[] bytes = new byte[500];
        new Random(1).nextBytes(bytes);

        assertEquals(sum(bytes, 7), Checksum.of(bytes, 123, 500, Checksum.of(bytes, 0, 123, 7)));
    }

    @Test
    void one_changed_byte_always_shows() {
        byte[] bytes = new byte[64];
        new Random(2).nextBytes(bytes);
        int right = sum(bytes, 7);
        for (int at = 0; at < bytes.length; at++) {
            byte was = bytes[at];
            for (int n = 1; n < 256; n++) {
                bytes[at] = (byte) (was + n);
                assertNotEquals(right, sum(bytes, 7), at + " by " + n);
            }
            bytes[at] = was;
        }
    }

    @Test
    void another_begin_always_shows() {
        byte[] bytes = "some text".getBytes(StandardCharsets.US_ASCII);
        for (int before = -1000; before < 1000; before++) {
            assertNotEquals(sum(bytes, before), sum(bytes, before + 1));
        }
    }
}
