package bgjob.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.Progress;
import docs.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the ends of logs; the captures are from the real tools (tests/data/progress/README.md). */
class LogProgressTest {
    private static final long TEN_SECONDS = 10_000;

    private static byte[] capture(String name) throws IOException {
        return Files.readAllBytes(Checkout.root().resolve("tests/data/progress/" + name + ".log"));
    }

    private static Progress read(String log) {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        return LogProgress.of(bytes, bytes.length, false, TEN_SECONDS);
    }

    private static String told(Progress p) {
        return p.source().word() + " " + p.percent() + "% " + p.current() + "/" + p.total() + " " + p.item() + " " + p.phase() + " " + p.rate() + " "
                + p.etaSeconds();
    }

    /** Cut where the text first stands in the capture, and behind it. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "pytest~ [ 75%]~ pytest 75% null/null web/test_c.py null null 3",
        "pytest-quiet~ [ 45%]~ pytest 45% null/null null null null 12",
        "pytest-verbose~ PASSED                                        [  5%]~ pytest 5% null/null unit/test_a.py::test_it[3] null null 190",
        "pytest-count~ [120/160]~ pytest 75% 120/160 web/test_c.py null 12.0 3",
        "ninja~ f7.c.o~ ninja 28% 9/32 Building C object CMakeFiles/x.dir/f8.c.o null 0.9 26",
        "cmake~ [ 50%] Building~ cmake 46% null/null Building C object CMakeFiles/x.dir/f14.c.o null null 12",
        "tqdm~ 50/150 [00:01<00:02, 49.51it/s]~ tqdm 33% 50/150 Embedding null 49.51 2",
        "tqdm-plain~ 827k/50.0M [00:00<00:08, 6.01MB/s]~ tqdm 2% 827000/50000000 null null 6010000.0 8",
        "cargo~ Compiling c6~ cargo 40% 6/15 c7 null 0.6 15",
        "osc94~ 9;4;1;20\u001b\\~ osc9;4 20% null/null null null null 40",
        "rsync~ to-chk=4/7)~ rsync 33% 1800000/null null null 2841640.96 20",
        "rsync~ `2,684,736  49%    2.44MB/s    0:00:01  `~ rsync 49% 2684736/null null null 2558525.44 1",
        "rsync-files~ to-chk=3/7)~ rsync 57% 4/7 null files 0.4 8",
        "curl~ 0:00:02  0:00:01  830k~ curl 63% 1899520/2999296 null null 850944.0 1",
        "curl-bar~ 45.0%~ curl 45% null/null null null null 12",
        "wget~ 1900K .......... .......... .......... .......... .......... 66%~ wget 64% 1894400/null null null 848896.0 1",
        "wget-bar~ 1.53M   814KB/s~ wget 53% 1604321/null big null 833536.0 9",
        "maven~ [3/12]~ maven 17% 2/12 m2 1 3/12 0.2 50",
        "gradle~ 72% EXECUTING [~ gradle 72% null/null null null null 4"})
    void progress_is_read_from_what_the_tool_printed(String name, String upTo, String expected) throws Exception {
        String text = new String(capture(name), StandardCharsets.UTF_8);
        int end = text.indexOf(upTo);
        assertTrue(end >= 0, name + " holds " + upTo);

        Progress progress = read(text.substring(0, end + upTo.length()));

        assertNotNull(progress);
        assertEquals(expected, told(progress));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytest", "pytest-quiet", "pytest-verbose", "pytest-count", "ninja", "cmake", "tqdm", "tqdm-plain", "cargo", "osc94",
        "rsync", "rsync-files", "curl", "curl-bar", "wget", "wget-bar", "maven", "gradle"})
    void a_log_cut_off_anywhere_says_something_that_only_grows_or_nothing(String name) throws Exception {
        byte[] log = capture(name);
        Set<Integer> seen = new TreeSet<>();
        int before = 0;
        for (int end = 0; end <= log.length; end++) {
            Progress progress = LogProgress.of(log, end, false, TEN_SECONDS);
            if (progress != null) {
                assertEquals(name.equals("osc94") ? "osc9;4" : name.replaceFirst("-.*", ""), progress.source().word());
                int percent = progress.percent();
                assertTrue(percent >= before && percent <= 100, name + " goes from " + before + " to " + percent + " at byte " + end);
                before = percent;
                seen.add(percent);
            }
        }
        assertTrue(seen.size() >= 3, name + " says no more than " + seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytest-verbose", "ninja", "cmake", "tqdm", "cargo", "osc94", "rsync", "curl", "wget", "wget-bar", "maven", "gradle"})
    void a_tail_that_begins_anywhere_says_the_same_as_the_whole_log_or_nothing(String name) throws Exception {
        byte[] log = capture(name);
        int end = log.length * 2 / 3;
        Progress whole = LogProgress.of(log, end, false, TEN_SECONDS);
        assertNotNull(whole);
        for (int begin = 1; begin < end; begin++) {
            Progress part = LogProgress.of(Arrays.copyOfRange(log, begin, end), end - begin, true, TEN_SECONDS);
            assertTrue(part == null || part.equals(whole), name + " from byte " + begin + ": " + part);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "see [12/345] in the minutes\n",
        "[12/345] is the page I mean\nand nothing else\n",
        "[3/7] of them came\n[2/7] of them went\n",
        "[1/3] is a third\n[4/9] is less than a half\n",
        "  at foo.bar(Baz.java:12) [63%]\n",
        "Traceback (most recent call last):\n  File \"x.py\", line 3, in f [ 63%]\n",
        "loss went down by [ 63%]\n",
        "[ 63%] of all people\n",
        "disk is 63% full\n",
        "63% 12,345 things\n",
        "<b>42%</b> EXECUTING\n",
        "[INFO] Building jar: /w/x.jar\n",
        "Building [x] 3/4\n",
        "12/345\n",
        "# 63.0 percent of it\n",
        "## 12%\n",
        "| 5%| of that | 3/4 [see above]\n",
        "2026-11-21 10:00:00 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n",
        "\u001b]0;title 63%\u0007\n",
        "\u001b]9;4;3;0\u0007\n",
        "\u001b]9;4;1;300\u0007\n",
        "[99999999999999999999/99999999999999999999] x\n[1/99999999999999999999] y\n",
        "[0/0] nothing\n[0/0] nothing\n",
        "[9/3] more than all\n[8/3] too\n",
        "",
        "\n\r\n   \r"})
    void prose_is_no_progress(String log) {
        assertNull(read(log), log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"see page [1/9] a\n[2/9] b\n", "see page [1/9] \u001b[1ma\u001b[0m\n[2/9] b\n"})
    void a_tail_that_begins_within_a_line_takes_no_part_of_it_for_a_line(String log) {
        byte[] bytes = log.substring(9).getBytes(StandardCharsets.UTF_8);
        assertNull(LogProgress.of(bytes, bytes.length, true, TEN_SECONDS));
        assertNotNull(LogProgress.of(bytes, bytes.length, false, TEN_SECONDS));
    }

    @Test
    void a_counter_is_believed_when_it_counts() {
        assertNull(read("[1/4] Resolving packages...\n"));
        assertEquals(50, read("[1/4] Resolving packages...\nwarning: x\n[2/4] Fetching packages...\nwarning: y\n").percent());
    }

    @Test
    void a_finished_bar_with_more_output_below_it_is_over() {
        String ninja = "[1/2] one\n[2/2] two\n";
        assertEquals(100, read(ninja).percent());
        assertNull(read(ninja + "now the tests\n"));
        assertNull(read("t.py ..... [100%]\n\n=== FAILURES ===\n"));
        assertNull(read("[INFO] Building a 1 [1/3]\n[INFO] Building b 1 [2/3]\n[INFO] BUILD FAILURE\n"));
    }

    @Test
    void the_newest_of_several_tools_counts() {
        assertEquals("pytest", read("[1/9] a\n[2/9] b\nt.py ... [  7%]\n").source().word());
        assertEquals("ninja", read("t.py ... [  7%]\n[1/9] a\n[2/9] b\n").source().word());
    }

    @Test
    void parallel_pytest_is_read() {
        Progress progress = read("[gw3] [ 41%] PASSED tests/test_a.py::test_b[x y] \n");
        assertEquals("41 tests/test_a.py::test_b[x y]", progress.percent() + " " + progress.item());
    }

    @Test
    void what_stands_far_up_says_nothing_about_now() {
        String counted = "[1/9] a\n[2/9] b\n";
        assertNotNull(read(counted + "x\n".repeat(150)));
        assertNull(read(counted + "x\n".repeat(250)));
    }

    @Test
    void colours_and_moves_of_the_cursor_do_not_hide_it() {
        assertEquals(22, read("\u001b[1m[1/9] a\u001b[0m\r\u001b[K\u001b[32m[2/9] b\u001b[0m\r").percent());
        assertEquals(22, read("[1/9] a\u001b[1A[2/9] b\u001b[1A").percent());
        assertEquals(40, read("\u001b]9;4;1;40\u0007").percent());
        assertNull(read("\u001b]9;4;1;40\u0007\u001b]9;4;0;\u0007\n"), "the bar was taken away");
    }

    @Test
    void names_keep_their_letters_and_lose_their_secrets() {
        assertEquals("bücher", read("bücher:  50%|## | 1/2 [00:01<00:01, 1.00it/s]\r").item());
        assertEquals("clone https://me:***@host/x", read("[1/9] a\n[2/9] clone https://me:geheim@host/x\n").item());
        assertEquals(Text.LONGEST_NAME, read("[1/9] a\n[2/9] " + "ä".repeat(900) + "\n").item().length());
    }

    @Test
    void only_the_end_of_a_huge_log_is_read(@TempDir Path temp) throws Exception {
        Path log = Files.writeString(temp.resolve("x.log"), "[1/9] a\n[2/9] b\n" + "x".repeat(LogProgress.TAIL) + "\n");
        assertNull(LogProgress.read(log.toString(), TEN_SECONDS));
        Files.writeString(log, "y".repeat(LogProgress.TAIL) + "\n[1/9] a\n[2/9] b\n");
        assertEquals(22, LogProgress.read(log.toString(), TEN_SECONDS).percent());
        assertNull(LogProgress.read(temp.resolve("none").toString(), TEN_SECONDS));
    }
}
