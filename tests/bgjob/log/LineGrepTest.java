package bgjob.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineGrepTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private LineGrep grep(String regex) {
        return new LineGrep(Pattern.compile(regex), shown::write);
    }

    private static void feed(LineGrep grep, byte[] bytes, int piece) throws IOException {
        byte[] padded = new byte[bytes.length + 2];
        System.arraycopy(bytes, 0, padded, 1, bytes.length);
        for (int i = 0; i < bytes.length; i += piece) {
            grep.accept(padded, i + 1, Math.min(piece, bytes.length - i));
        }
        grep.finish();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void whole_lines_with_a_match_come_through_however_they_arrive(int piece) throws Exception {
        LineGrep grep = grep("ERR|é日");
        feed(grep, bytes("ok 1\nERR 1\n\nxé日x\r\nok 2\nthe last ERR"), piece);

        assertEquals("ERR 1\nxé日x\r\nthe last ERR", shown.toString(StandardCharsets.UTF_8));
        assertEquals(3, grep.matches());
    }

    @Test
    void the_newline_is_no_part_of_the_line() throws Exception {
        LineGrep grep = grep("^a$|^$");
        feed(grep, bytes("a\nab\n\nba\na"), 4);

        assertEquals("a\n\na", shown.toString(StandardCharsets.UTF_8));
        assertEquals(3, grep.matches());
    }

    @Test
    void no_match_is_counted_when_nothing_comes_through() throws Exception {
        LineGrep grep = grep("nothing like it");
        feed(grep, bytes("a\nb\n"), 10);

        assertEquals(0, grep.matches());
        assertEquals(0, shown.size());
    }

    @Test
    void bytes_that_are_no_text_come_through_unchanged() throws Exception {
        byte[] noise = new byte[200_000];
        new Random(5).nextBytes(noise);
        feed(grep(""), noise, 4096);

        assertArrayEquals(noise, shown.toByteArray());
    }

    @Test
    void a_line_without_end_is_judged_in_pieces() throws Exception {
        byte[] endless = bytes("x".repeat(LineGrep.LONGEST + 10) + "needle" + "y".repeat(10));
        LineGrep grep = grep("needle");
        feed(grep, endless, 65_536);

        assertEquals("x".repeat(10) + "needle" + "y".repeat(10), shown.toString(StandardCharsets.UTF_8));
        assertEquals(1, grep.matches());
    }

    @Test
    void finishing_twice_shows_the_last_line_once() throws Exception {
        LineGrep grep = grep("a");
        feed(grep, bytes("a"), 1);
        grep.finish();

        assertEquals("a", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_sink_that_fails_is_heard() {
        LineGrep grep = new LineGrep(Pattern.compile("a"), (bytes, from, length) -> {
            throw new IOException("full");
        });

        assertThrows(IOException.class, () -> feed(grep, bytes("a\n"), 10));
    }
}
