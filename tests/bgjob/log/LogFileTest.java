package bgjob.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFileTest {
    private static final int BLOCK = 65_536;

    @TempDir
    Path dir;

    private LogFile log(byte[] content) throws IOException {
        return new LogFile(Files.write(dir.resolve("x.log"), content).toString());
    }

    private LogFile log(String content) throws IOException {
        return log(content.getBytes(StandardCharsets.UTF_8));
    }

    /** The plain way: from the end backwards, every line that begins there. */
    private static long startOfLast(byte[] content, long lines) {
        long start = content.length;
        for (int i = content.length - 1; i >= 0 && lines > 0; i--) {
            if (i == 0 || content[i - 1] == '\n') {
                start = i;
                lines--;
            }
        }
        return start;
    }

    @Nested
    class StartOfTheLastLines {
        @ParameterizedTest
        @CsvSource({"0, 12", "1, 8", "2, 4", "3, 0", "4, 0", "1000000, 0"})
        void of_finished_lines(long lines, long start) throws Exception {
            assertEquals(start, log("one\ntwo\nthr\n").startOfLast(lines));
        }

        @ParameterizedTest
        @CsvSource({"0, 11", "1, 8", "2, 4", "3, 0", "4, 0"})
        void an_unfinished_last_line_counts_as_one(long lines, long start) throws Exception {
            assertEquals(start, log("one\ntwo\nthr").startOfLast(lines));
        }

        @ParameterizedTest
        @CsvSource({"0, 5", "1, 4", "2, 3", "5, 0", "6, 0"})
        void newlines_alone_are_empty_lines(long lines, long start) throws Exception {
            assertEquals(start, log("\n\n\n\n\n").startOfLast(lines));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 10})
        void an_empty_log_has_none(long lines) throws Exception {
            assertEquals(0, log("").startOfLast(lines));
        }

        @ParameterizedTest
        @ValueSource(ints = {BLOCK - 2, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 2, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 1})
        void a_newline_around_the_edge_of_a_block_is_seen_once(int place) throws Exception {
            for (int tail : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1}) {
                byte[] content = new byte[place + 1 + tail];
                Arrays.fill(content, (byte) 'x');
                content[place] = '\n';
                LogFile log = log(content);
                for (long lines = 0; lines < 4; lines++) {
                    assertEquals(startOfLast(content, lines), log.startOfLast(lines), place + " + " + tail + ", " + lines + " lines");
                }
            }
        }

        @Test
        void of_any_log() throws Exception {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                byte[] content = new byte[random.nextInt(4 * BLOCK)];
                int dense = 1 + random.nextInt(3000);
                for (int b = 0; b < content.length; b++) {
                    content[b] = random.nextInt(dense) == 0 ? (byte) '\n' : (byte) random.nextInt(256);
                }
                LogFile log = log(content);
                for (long lines : new long[] {0, 1, 2, 7, 100, 5000, Long.MAX_VALUE}) {
                    assertEquals(startOfLast(content, lines), log.startOfLast(lines), "seed " + seed + ", " + lines + " lines");
                }
            }
        }

        @Test
        void a_huge_log_is_not_read_for_its_last_line() throws Exception {
            Path huge = dir.resolve("huge.log");
            try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
                file.seek(6L << 30);
                file.write("\nlast\n".getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals((6L << 30) + 1, new LogFile(huge.toString()).startOfLast(1));
            assertEquals((6L << 30) + 6, new LogFile(huge.toString()).size());
        }
    }

    @Nested
    class Copying {
        private byte[] copy(LogFile log, long from, long to, long end) {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            assertEquals(end, log.copy(from, to, copy::write));
            return copy.toByteArray();
        }

        @Test
        void every_byte_arrives_and_the_cursor_is_behind_the_last() throws Exception {
            byte[] content = new byte[3 * BLOCK + 7];
            new Random(1).nextBytes(content);
            LogFile log = log(content);

            assertArrayEquals(content, copy(log, 0, Long.MAX_VALUE, content.length));
            assertArrayEquals(Arrays.copyOfRange(content, 5, BLOCK + 9), copy(log, 5, BLOCK + 9, BLOCK + 9));
            assertArrayEquals(Arrays.copyOfRange(content, BLOCK, content.length), copy(log, BLOCK, content.length + 9L, content.length));
        }

        @Test
        void behind_the_end_there_is_nothing() throws Exception {
            LogFile log = log("abc");

            assertEquals(0, copy(log, 3, Long.MAX_VALUE, 3).length);
            assertEquals(0, copy(log, 99, Long.MAX_VALUE, 3).length);
            assertEquals(0, copy(log, 1, 1, 1).length);
        }

        @Test
        void a_sink_that_takes_no_more_is_a_failure() throws Exception {
            LogFile log = log("abc");
            BgjobException failure = assertThrows(BgjobException.class, () -> log.copy(0, 3, (bytes, from, length) -> {
                throw new IOException("full");
            }));

            assertTrue(failure.getMessage().endsWith(": full"), failure.getMessage());
        }
    }

    @Nested
    class Missing {
        @Test
        void a_log_that_is_gone_has_no_bytes_and_is_said_to_be_gone() {
            LogFile log = new LogFile(dir.resolve("none.log").toString());

            assertEquals(0, log.size());
            for (BgjobException failure : new BgjobException[] {assertThrows(BgjobException.class, () -> log.startOfLast(1)),
                assertThrows(BgjobException.class, () -> log.copy(0, 1, (bytes, from, length) -> {
                }))}) {
                assertEquals(Kind.NOT_FOUND, failure.kind());
                assertEquals("the log " + dir + "/none.log is gone; it was removed or never written", failure.getMessage());
            }
        }

        @Test
        void a_folder_in_its_place_cannot_be_read() {
            BgjobException failure = assertThrows(BgjobException.class, () -> new LogFile(dir.toString()).startOfLast(1));

            assertEquals(Kind.FAILED, failure.kind());
            assertTrue(failure.getMessage().startsWith("cannot read " + dir), failure.getMessage());
        }
    }
}
