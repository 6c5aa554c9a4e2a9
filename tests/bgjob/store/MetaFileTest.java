package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.Kind;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaFileTest {
    @TempDir
    Path dir;

    private Facts read(byte[] content) throws Exception {
        Path file = Files.write(dir.resolve("x.meta"), content);
        return MetaFile.read(file.toString());
    }

    private Facts read(String content) throws Exception {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class Lines {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"make test|k=make test", "a=b|k=a=b", "it's|k=it's", "``|k=", "é日本|k=é日本",
            "a\\b|k=a\\b", "$HOME|k=$HOME", "` a`|k=$' a'", "`a `|k=$'a '", "$'a'|k=$'$\\'a\\''", "$'|k=$'$\\''"})
        void a_value_is_quoted_only_where_it_would_not_come_back_otherwise(String value, String line) {
            assertEquals(line, MetaFile.line("k", value));
        }

        @Test
        void a_value_of_several_lines_stays_on_one() {
            assertEquals("cmd=$'a\\nb\\rc\\td\\u001b'", MetaFile.line("cmd", "a\nb\rc\td\u001b"));
        }

        @Test
        void any_value_comes_back_as_it_was() throws Exception {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            String alphabet = "a1 '\"\\$=\n\r\t\0\u001b\u007f\u0085é日\u2028unrt#";
            StringBuilder lines = new StringBuilder();
            String[] values = new String[2000];
            for (int i = 0; i < values.length; i++) {
                StringBuilder value = new StringBuilder();
                for (int n = random.nextInt(10); n > 0; n--) {
                    value.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                values[i] = value.toString();
                String line = MetaFile.line("v" + i, values[i]);
                assertEquals(-1, line.indexOf('\n'), "seed " + seed);
                lines.append(line).append('\n');
            }
            Facts facts = read(lines.toString());

            assertEquals(values.length, facts.size(), "seed " + seed);
            for (int i = 0; i < values.length; i++) {
                assertEquals(values[i], facts.value(i), "seed " + seed + ", value " + i);
            }
        }
    }

    @Nested
    class Reading {
        @Test
        void later_lines_add_and_the_order_stays() throws Exception {
            Facts facts = read("pid=1\nstate=a\nstate=b\n");

            assertEquals(3, facts.size());
            assertEquals("state", facts.key(2));
            assertEquals("a", facts.first("state"));
            assertEquals("b", facts.last("state"));
        }

        @Test
        void a_last_line_that_was_cut_off_does_not_count() throws Exception {
            Facts facts = read("pid=4711\npgid=47");

            assertEquals(4711, facts.number("pid"));
            assertEquals(-1, facts.number("pgid"));
        }

        @Test
        void a_cut_off_line_takes_only_itself_when_more_follow() throws Exception {
            Facts facts = read("pid=1\nended=2026-11-2\nended=2026-11-21T05:06:07Z\nexit=0\n");

            assertEquals("2026-11-21T05:06:07Z", facts.last("ended"));
            assertEquals(0, facts.number("exit"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "\n\n\n", "=", "=\n", "=x\n", "no equals sign\n", "Key=upper\n", "a key=x\n", "é=x\n", "key", "pid=1"})
        void lines_that_are_no_facts_are_none(String content) throws Exception {
            assertEquals(0, read(content).size());
        }

        @Test
        void good_lines_among_garbage_count() throws Exception {
            Facts facts = read("\0\0\0\npid=1\n\u001b[2J\n<<<<<<< ours\npgid=1\n=\n");

            assertEquals(2, facts.size());
            assertEquals(1, facts.number("pid"));
            assertEquals(1, facts.number("pgid"));
        }

        @Test
        void bytes_that_are_no_text_break_nothing() throws Exception {
            byte[] noise = new byte[100_000];
            new Random(3).nextBytes(noise);
            byte[] content = new byte[noise.length + 8];
            System.arraycopy(noise, 0, content, 0, noise.length);
            System.arraycopy("\npid=12\n".getBytes(StandardCharsets.US_ASCII), 0, content, noise.length, 8);

            assertEquals("12", read(content).last("pid"));
        }

        @Test
        void a_run_of_nul_bytes_as_a_crash_leaves_them_hides_no_line_behind_it() throws Exception {
            Facts facts = read("pid=1\n" + "\0".repeat(4096) + "\nexit=0\n");

            assertEquals(1, facts.number("pid"));
            assertEquals(0, facts.number("exit"));
        }

        @Test
        void quoted_values_that_are_damaged_are_taken_as_they_stand() throws Exception {
            Facts facts = read("a=$'x\nb=$'\nc=$''\nd=$'\\u00\\'\n");

            assertEquals("$'x", facts.first("a"));
            assertEquals("$'", facts.first("b"));
            assertNull(facts.first("c"));
            assertEquals(4, facts.size());
        }

        @Test
        void a_missing_file_has_no_facts() {
            assertEquals(0, MetaFile.read(dir.resolve("none.meta").toString()).size());
        }

        @Test
        void a_huge_file_is_read_in_part_and_in_little_time() throws Exception {
            Path file = Files.writeString(dir.resolve("huge.meta"), "pid=1\n");
            try (SeekableByteChannel out = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                out.position(3L << 30).write(ByteBuffer.wrap("\npgid=1\n".getBytes(StandardCharsets.US_ASCII)));
            }
            Facts facts = MetaFile.read(file.toString());

            assertEquals(1, facts.number("pid"));
            assertEquals(-1, facts.number("pgid"));
        }

        @Test
        void what_is_there_and_cannot_be_read_is_not_called_missing() throws Exception {
            String path = Files.createDirectory(dir.resolve("d.meta")).toString();

            BgjobException failure = assertThrows(BgjobException.class, () -> MetaFile.read(path));
            assertEquals(Kind.CANNOT_TELL, failure.kind());
            assertEquals("cannot read " + path + ": not a regular file", failure.getMessage());
        }
    }

    @Nested
    class Appending {
        @Test
        void facts_come_behind_those_that_are_there() throws Exception {
            Path file = Files.writeString(dir.resolve("x.meta"), "a=1\n");
            MetaFile.append(file.toString(), "b=2\nc=3\n");

            assertEquals("a=1\nb=2\nc=3\n", Files.readString(file));
        }

        @Test
        void a_failure_names_the_file_and_the_reason() {
            BgjobException failure = assertThrows(BgjobException.class, () -> MetaFile.append(dir.toString(), "a=1\n"));

            assertEquals(Kind.FAILED, failure.kind());
            assertEquals("cannot add to " + dir + ": not a regular file", failure.getMessage());
        }

        @Test
        void a_meta_that_was_removed_does_not_come_back() {
            Path file = dir.resolve("x.meta");
            MetaFile.append(file.toString(), "a=1\n");

            assertFalse(Files.exists(file));
        }
    }
}
