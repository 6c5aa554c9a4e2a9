package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Tool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    private static final List<String> HOSTILE = List.of("", " ", "  ", "a b", "'", "''", "a'b", "'a'", "\"", "\\", "\\\\", "\\n", "a\\", "$HOME",
            "${HOME}", "$(id)", "`id`", "!x", "!!", "a\nb", "\n", "a\n", "\n\n", "\t", "a\rb", "é", "日本語", "😀", "\u0001", "\u007f",
            "\u009b31m", "\u001b[31m", "\u202e", "*", "?", "[a]", "[", "~", "~root", "a=~root", "a:~root", "{a,b}", "=ls", "=", "a=b", "-n",
            "-e", "--", "-", "+x", "#", "a#b", "%s", "%1", "%%", ";", "&", "|", "<", ">", "(", ")", "^", "@", "@(a)", "$'a'", "$'", "$",
            "a$", "/", ":", ",", "..", "if", "then", "}", "{");

    private static List<String> randomWords(Random random) {
        String alphabet = "ab01 '\"\\$`!*?[]{}~=-#%;&|<>()^@\n\t\r\u0001\u001b\u007f\u0085é日\u202e\u2028,:./_nrtu";
        List<String> words = new ArrayList<>();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            StringBuilder word = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                word.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            words.add(word.toString());
        }
        return words;
    }

    private static List<String> asPrintedBy(List<String> shell, String script) throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of("-c", script));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.endsWith("\0"), said);
        return Arrays.asList(said.substring(0, said.length() - 1).split("\0", -1));
    }

    @Nested
    class Quoting {
        @ParameterizedTest
        @ValueSource(strings = {"sh", "dash", "bash", "busybox sh", "ksh93", "mksh", "zsh", "yash"})
        void every_shell_reads_a_quoted_word_as_it_was(String shell) throws Exception {
            List<String> program = List.of(shell.split(" "));
            Tool.need(program.get(0));
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<String> words = new ArrayList<>(HOSTILE);
            for (int i = 0; i < 100; i++) {
                words.addAll(randomWords(random));
            }

            assertEquals(words, asPrintedBy(program, "printf '%s\\0' " + ShellWords.script(words)), shell + ", seed " + seed);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "make", "./run.sh", "--env=x", "A=b", "user@host:/path", "1,2", "50%", "a+b", "_"})
        void a_plain_word_stays_as_it_is(String word) {
            assertEquals(word, ShellWords.quote(word));
        }

        @Test
        void an_empty_word_does_not_vanish() {
            assertEquals("''", ShellWords.quote(""));
            assertEquals("a '' b", ShellWords.script(List.of("a", "", "b")));
            assertEquals("", ShellWords.script(List.of()));
        }
    }

    @Nested
    class OneLine {
        @Test
        void split_undoes_join_for_any_words() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            assertEquals(HOSTILE, ShellWords.split(ShellWords.join(HOSTILE)));
            for (int i = 0; i < 5000; i++) {
                List<String> words = randomWords(random);
                String line = ShellWords.join(words);

                assertEquals(words, ShellWords.split(line), "seed " + seed);
                assertFalse(ShellWords.hasControl(line), () -> "seed " + seed + ": " + line);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"bash", "zsh", "ksh93"})
        void a_joined_line_can_be_pasted_into_a_shell_that_knows_dollar_quotes(String shell) throws Exception {
            Tool.need(shell);
            List<String> words = new ArrayList<>(HOSTILE);
            if (shell.equals("ksh93")) {
                words.removeIf(word -> word.codePoints().anyMatch(c -> c > 0x7e || c < ' ' && c != '\n')); // its \\u is not ours to test
            }

            assertEquals(words, asPrintedBy(List.of(shell), "printf '%s\\0' " + ShellWords.join(words)));
        }

        @Test
        void what_join_did_not_write_is_taken_as_it_stands() {
            assertEquals(List.of("a", "b"), ShellWords.split("  a   b  "));
            assertEquals(List.of("a b"), ShellWords.split("'a b"));
            assertEquals(List.of("ab"), ShellWords.split("a\\b"));
            assertEquals(List.of("a\\"), ShellWords.split("a\\"));
            assertEquals(List.of("a b"), ShellWords.split("$'a b"));
            assertEquals(List.of("a\\"), ShellWords.split("$'a\\"));
            assertEquals(List.of("\u0012"), ShellWords.split("$'\\u12'"));
            assertEquals(List.of("$"), ShellWords.split("$"));
            assertEquals(List.of(), ShellWords.split(""));
        }
    }

    @Nested
    class Visible {
        @ParameterizedTest
        @CsvSource(delimiter = ';', value = {"plain text;plain text", "a\u001b[2Jb;a\\u001b[2Jb", "a\u007fb;a\\u007fb", "\u009b31m;\\u009b31m",
            "a\u202eb;a\\u202eb", "a\u2066b;a\\u2066b", "a\u2028b;a\\u2028b", "a\u0000b;a\\u0000b", "é日本 😀;é日本 😀", "it's \\n;it's \\n"})
        void what_could_drive_a_terminal_is_escaped(String text, String shown) {
            assertEquals(shown, ShellWords.visible(text));
        }

        @Test
        void line_ends_and_tabs_are_escaped_by_their_letters() {
            assertEquals("a\\nb\\rc\\td", ShellWords.visible("a\nb\rc\td"));
        }

        @Test
        void no_character_below_the_surrogates_gets_through_that_a_terminal_obeys() {
            for (char c = 0; c < 0xd800; c++) {
                int type = Character.getType(c);
                boolean override = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
                boolean obeyed = type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR
                        || override;

                assertEquals(obeyed, ShellWords.hasControl("x" + c), Integer.toHexString(c));
                assertEquals(obeyed, !ShellWords.visible("x" + c).equals("x" + c), Integer.toHexString(c));
            }
        }
    }
}
