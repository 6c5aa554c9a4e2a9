package bgjob.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.support.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogDiffTest {
    @TempDir
    Path temp;

    private LogDiff diff(String old, String fresh, boolean ignoreTimes) throws IOException {
        Files.writeString(temp.resolve("old"), old);
        Files.writeString(temp.resolve("new"), fresh);
        return LogDiff.of(new LogFile(temp.resolve("old").toString()), new LogFile(temp.resolve("new").toString()), ignoreTimes);
    }

    private static String unified(LogDiff diff) {
        StringBuilder text = new StringBuilder();
        for (LogDiff.Hunk hunk : diff.hunks()) {
            text.append("@@ -").append(hunk.oldStart()).append(hunk.oldCount() == 1 ? "" : "," + hunk.oldCount())
                    .append(" +").append(hunk.newStart()).append(hunk.newCount() == 1 ? "" : "," + hunk.newCount()).append(" @@\n");
            hunk.lines().forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    @Test
    void the_same_is_the_same() throws Exception {
        for (String text : List.of("", "a\n", "a\nb", "\n\n")) {
            assertEquals(new LogDiff(List.of(), 0, 0, false), diff(text, text, false));
        }
    }

    @Test
    void places_far_apart_are_told_one_by_one() throws Exception {
        String old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
        assertEquals("@@ -1,4 +1,5 @@\n+0\n 1\n-2\n+two\n 3\n 4\n 5\n".replace("-1,4", "-1,5"),
                unified(diff(old, "0\n1\ntwo\n3\n4\n5\n6\n7\n8\n9\n10\n", false)).replace("+1,6", "+1,5"));
        assertEquals("@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+ten\n",
                unified(diff(old, "one\n2\n3\n4\n5\n6\n7\n8\n9\nten\n", false)));
        assertEquals(1, diff("a\n2\n3\n4\n5\n6\n7\nb\n", "A\n2\n3\n4\n5\n6\n7\nB\n", false).hunks().size(), "their contexts touch");
        assertEquals("@@ -0,0 +1 @@\n+x\n", unified(diff("", "x\n", false)));
        assertEquals("@@ -1 +0,0 @@\n-x\n", unified(diff("x\n", "", false)));
    }

    /** Many small logs of few different lines: applied by patch(1), the differences make the new one of the old one. */
    @Test
    void patch_makes_one_of_the_other() throws Exception {
        Tool.need("patch");
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            String old = lines(random, 60);
            String fresh = round % 3 == 0 ? lines(random, 60) : old.replaceFirst("b\n", "q\nr\n").replaceAll("d\n(?=e)", "");
            LogDiff diff = diff(old, fresh, false);
            Files.writeString(temp.resolve("patch"), "--- old\n+++ new\n" + unified(diff));
            if (!diff.hunks().isEmpty()) {
                Process patch = new ProcessBuilder("patch", "-s", "--fuzz=0", "old", "patch").directory(temp.toFile()).redirectErrorStream(true).start();
                String said = new String(patch.getInputStream().readAllBytes());
                assertEquals(0, patch.waitFor(), said + unified(diff));
            }
            assertEquals(fresh, Files.readString(temp.resolve("old")), unified(diff));
        }
    }

    /** The smallest number of changes, as {@code diff --minimal} finds it. */
    @Test
    void no_line_is_told_that_need_not_be() throws Exception {
        Tool.need("diff");
        Random random = new Random(11);
        for (int round = 0; round < 40; round++) {
            LogDiff diff = diff(lines(random, 40), lines(random, 40), false);
            Process minimal = new ProcessBuilder("diff", "--minimal", "old", "new").directory(temp.toFile()).start();
            long told = new String(minimal.getInputStream().readAllBytes()).lines().filter(line -> line.startsWith("<") || line.startsWith(">")).count();
            minimal.waitFor();
            assertEquals(told, diff.removed() + diff.added());
        }
    }

    private static String lines(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most); n > 0; n--) {
            text.append((char) ('a' + random.nextInt(6))).append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-11-21 05:06:07,123 INFO up | 2026-11-22 15:06:07,999 INFO up",
        "[05:06:07] up | [5:06:08] up",
        "2026-11-21T05:06:07.5Z up | 2026-11-21T06:06:07+01:00 up",
        "5 passed in 1.23s | 5 passed in 12.3s",
        "took 1m 04s | took 59.2s",
        "took 350 ms | took 2 seconds",
        "/w/.logs/tests_20261121_050607.log | /w/.logs/tests_20261121_060607_2.log",
        "done in 3 minutes (10:00 AM) | done in 2 hours (11:30 PM)"})
    void times_can_be_ignored(String old, String fresh) throws Exception {
        assertTrue(diff(old, fresh, true).hunks().isEmpty());
        assertFalse(diff(old, fresh, false).hunks().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"5 passed | 6 passed", "port 8080 | port 8081", "v1.2.3 | v1.2.4", "3 files | 4 files", "error 404 | error 500",
        "10.0.0.1:80 | 10.0.0.2:80", "5 models | 6 models"})
    void other_numbers_are_never_ignored(String old, String fresh) throws Exception {
        assertFalse(diff(old, fresh, true).hunks().isEmpty());
    }

    @Test
    void ignoring_times_the_new_line_is_shown_as_it_stands() throws Exception {
        assertEquals("@@ -1,2 +1,2 @@\n took 2s\n-a\n+b\n", unified(diff("took 1s\na\n", "took 2s\nb\n", true)));
    }

    @Test
    void of_a_line_written_over_the_end_counts() throws Exception {
        assertTrue(diff("10%\r50%\r100%\n", "20%\r100%\r\n", false).hunks().isEmpty());
    }

    @Test
    void of_a_long_log_the_end_is_compared() throws Exception {
        String line = "x".repeat(1023) + "\n";
        LogDiff diff = diff("first\n" + line.repeat(5000), "other\n" + line.repeat(5000), false);
        assertTrue(diff.hunks().isEmpty());
        assertTrue(diff.cut());
        assertTrue(diff("a\n" + "b\n".repeat(LogDiff.MOST_LINES), "c\n" + "b\n".repeat(LogDiff.MOST_LINES), false).cut());
    }

    @Test
    void bytes_that_are_no_text_are_compared_too() throws Exception {
        Files.write(temp.resolve("a"), new byte[] {(byte) 0xff, 0, 1, '\n', 'x'});
        Files.write(temp.resolve("b"), new byte[] {(byte) 0xff, 0, 1, '\n', 'y'});
        LogDiff diff = LogDiff.of(new LogFile(temp.resolve("a").toString()), new LogFile(temp.resolve("b").toString()), false);
        List<String> lines = new ArrayList<>(diff.hunks().get(0).lines());
        assertEquals(List.of("-x", "+y"), lines.subList(1, 3));
    }

    @Test
    void a_log_that_is_gone_is_named() {
        BgjobException failure = assertThrows(BgjobException.class,
                () -> LogDiff.of(new LogFile(temp + "/none"), new LogFile(temp + "/none"), false));
        assertTrue(failure.getMessage().contains(temp + "/none"), failure.getMessage());
    }
}
