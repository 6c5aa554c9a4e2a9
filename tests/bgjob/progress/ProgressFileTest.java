package bgjob.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of {@code $BGJOB_PROGRESS} (docs/progress.md). */
class ProgressFileTest {
    @TempDir
    Path temp;

    private Progress read(byte[] content) {
        try {
            return ProgressFile.read(Files.write(temp.resolve("x.progress"), content).toString(), 10_000, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Progress read(String content) {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void one_that_goes_on_is_measured_from_its_first_count() throws Exception {
        String path = Files.writeString(temp.resolve("y.progress"), "5000/10000\n6000/10000 item\n").toString();

        Progress on = ProgressFile.read(path, 10_000, true);
        assertEquals(100.0, on.rate());
        assertEquals(40, on.etaSeconds());
        assertEquals(60, on.percent());
        assertEquals(600.0, ProgressFile.read(path, 10_000, false).rate());
        Progress begun = ProgressFile.read(Files.writeString(temp.resolve("z.progress"), "5000/10000\n").toString(), 10_000, true);
        assertNull(begun.rate());
        assertNull(begun.etaSeconds());
    }

    @Test
    void lines_with_a_plus_add_up_from_where_the_count_stands() {
        assertEquals("4 10 d", counted("0/10\n+1/10 a\n+2/10 c\n+1/10 d\n"));
        assertEquals("6 10 b", counted("+9/10 a\n5/10 x\n+1/10 b\n"));
        assertEquals("1 10 a", counted("+1/10 a\n+0/10 b\n+x\n+1\n"));
        assertEquals("3 3 b", counted("2/3\n+1/3 a\n+1/3 b\n"));
    }

    private String counted(String text) {
        Progress progress = read(text);
        return progress.current() + " " + progress.total() + " " + progress.item();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "154/245 infrastructure-apo | 154 | 245 | 63 | infrastructure-apo",
        "154/245 | 154 | 245 | 63 | null",
        "  3/4   two words  | 3 | 4 | 75 | two words",
        "0/10 first | 0 | 10 | 0 | first",
        "10/10 | 10 | 10 | 100 | null",
        "999/1000 | 999 | 1000 | 99 | null",
        "7/? seen | 7 | null | null | seen",
        "63% | null | null | 63 | null",
        "63.4% half way | null | null | 63 | half way",
        "99.9% | null | null | 99 | null",
        "100% | null | null | 100 | null"})
    void a_line_says_how_far_it_is(String line, Long current, Long total, Integer percent, String item) {
        Progress progress = read(line + "\n");
        assertEquals(current, progress.current());
        assertEquals(total, progress.total());
        assertEquals(percent, progress.percent());
        assertEquals(item, progress.item());
        assertEquals("protocol", progress.source().word());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hello\n", "12\n", "12/\n", "/12\n", "-1/5\n", "5/0\n", "6/5\n", "101%\n", "1.5/3\n", "5/6th of it\n", "63%x\n",
        "failed\n", "failed  \n", "phases\n", "99999999999999999999/99999999999999999999\n", "\0\0\0"})
    void anything_else_is_passed_over(String content) {
        assertNull(read(content));
        assertEquals(2, read("2/5 good\n" + content).current());
        assertEquals(3, read(content + "\n3/5 good\n").current());
    }

    @Test
    void the_last_line_counts() {
        assertEquals("3/5 c", told(read("1/5 a\n2/5 b\n3/5 c\n")));
        assertEquals("3/5 c", told(read("1/5 a\r\n3/5 c\r\n")));
    }

    @Test
    void a_half_written_line_is_waited_for_but_the_only_line_needs_no_newline() {
        assertEquals("12/245 a", told(read("12/245 a\n13/2")));
        assertEquals(63, read("63%").percent());
    }

    @Test
    void a_hole_left_by_overwriting_does_no_harm() {
        assertEquals("3/5 c", told(read("\0\0\0\0\0\0\0\0\0003/5 c\n")));
    }

    private static String told(Progress progress) {
        return progress.current() + "/" + progress.total() + " " + progress.item();
    }

    @Test
    void rate_and_time_left_come_from_the_time_since_the_start() {
        Progress progress = read("20/50 x\n");
        assertEquals(2.0, progress.rate());
        assertEquals(15, progress.etaSeconds());
        assertEquals(30, read("25%\n").etaSeconds());
        assertNull(read("25%\n").rate());
        assertNull(read("0/50 x\n").etaSeconds());
        assertEquals(0, read("50/50 x\n").etaSeconds());
        assertEquals(0.7, read("7/? x\n").rate());
    }

    @Test
    void a_phase_begins_to_count_anew() {
        Progress first = read("phase 1/4 fetch\n20/50 x\n");
        assertEquals("1/4 fetch", first.phase());
        assertEquals(2.0, first.rate());
        Progress second = read("phase 1/4 fetch\n50/50 x\nphase 2/4 build\n");
        assertEquals("2/4 build", second.phase());
        assertNull(second.current());
        assertNull(second.percent());
        Progress counted = read("phase 1/4 fetch\n50/50 x\nphase 2/4 build\n5/10 y\n");
        assertEquals(50, counted.percent());
        assertNull(counted.rate(), "nobody knows when the second phase began");
        assertNull(counted.etaSeconds());
        assertEquals("tidy up", read("phase tidy up\n").phase());
    }

    @Test
    void failed_items_are_all_counted_and_the_newest_named() {
        assertEquals(List.of("a", "b c"), read("failed a\n1/3\nfailed b c\n2/3 x\n").failed());
        StringBuilder many = new StringBuilder();
        for (int i = 1; i <= 100_000; i++) {
            many.append("failed item-").append(i).append('\n').append(i).append("/100000 item-").append(i).append('\n');
        }
        Progress progress = read(many.toString());
        assertEquals(100_000, progress.failedCount());
        assertEquals(ProgressFile.MOST_NAMES, progress.failed().size());
        assertEquals("item-100000", progress.failed().get(ProgressFile.MOST_NAMES - 1));
        assertEquals(100, progress.percent());
    }

    @Test
    void a_huge_file_is_read_from_near_its_end() throws Exception {
        Path file = temp.resolve("huge.progress");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write("failed old\n".getBytes(StandardCharsets.US_ASCII));
            out.setLength(5L << 30); // a hole of 5 GiB
            out.seek(out.length());
            out.write("\nfailed new\n3/5 c\n".getBytes(StandardCharsets.US_ASCII));
        }
        Progress progress = ProgressFile.read(file.toString(), 10_000, false);
        assertEquals("3/5 c", told(progress));
        assertEquals(List.of("new"), progress.failed());
    }

    @Test
    void secrets_in_names_are_masked() {
        assertEquals("https://me:***@host/x", read("1/2 https://me:geheim@host/x\n").item());
        assertEquals(List.of("https://me:***@host/x"), read("failed https://me:geheim@host/x\n").failed());
    }

    @Test
    void no_file_and_no_sense_give_no_exception() {
        assertNull(ProgressFile.read(temp.resolve("none").toString(), 1, false));
        assertNull(ProgressFile.read(temp.toString(), 1, false));
        Random random = new Random(4);
        String alphabet = "0123456789/%? \n\r\0failedphase.\u00ff";
        for (int round = 0; round < 1000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Progress progress = read(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            assertTrue(progress == null || progress.percent() == null || progress.percent() >= 0 && progress.percent() <= 100, text.toString());
        }
    }
}
