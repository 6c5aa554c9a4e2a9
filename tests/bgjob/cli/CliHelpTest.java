package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls.Call;
import docs.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The help pages, word for word. */
class CliHelpTest {
    @TempDir
    static Path dir;

    private static List<Call> pages;
    private static List<Call> otherWays;

    private static Path golden() {
        return Checkout.root().resolve("tests/bgjob/cli/golden");
    }

    @BeforeAll
    static void ask() throws Exception {
        List<List<String>> lines = new ArrayList<>(List.of(List.of("--help")));
        Cli.VERBS.forEach(verb -> lines.add(List.of(verb, "--help")));
        int pages = lines.size();
        lines.addAll(List.of(List.of(), List.of("-h"), List.of("help")));
        Cli.VERBS.forEach(verb -> lines.add(List.of("help", verb)));
        lines.add(List.of("run", "-h"));
        List<Call> calls = Calls.make(dir, lines);
        CliHelpTest.pages = calls.subList(0, pages);
        otherWays = calls.subList(pages, calls.size());
    }

    @Test
    void every_page_is_as_it_was_agreed() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            String name = (i == 0 ? "bgjob" : Cli.VERBS.get(i - 1)) + "__help.txt";
            Path agreed = golden().resolve(name);
            if (!Files.exists(agreed) || !Files.readString(agreed).equals(pages.get(i).said())) {
                Path printed = Files.writeString(Files.createTempFile("bgjob-", "-" + name), pages.get(i).said());
                wrong.add("diff " + agreed + " " + printed + " and where the change is wanted: cp " + printed + " " + agreed);
            }
        }
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    }

    @Test
    void there_is_a_page_for_every_command_and_no_other() throws Exception {
        Set<String> expected = new TreeSet<>(Set.of("bgjob__help.txt"));
        Cli.VERBS.forEach(verb -> expected.add(verb + "__help.txt"));
        try (Stream<Path> files = Files.list(golden())) {
            assertEquals(expected, new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()));
        }
    }

    @Test
    void every_way_of_asking_gives_the_same_page() {
        for (int i = 0; i < 3; i++) {
            assertEquals(pages.get(0), otherWays.get(i));
        }
        for (int i = 0; i < Cli.VERBS.size(); i++) {
            assertEquals(pages.get(i + 1), otherWays.get(i + 3));
        }
        assertEquals(pages.get(1), otherWays.get(otherWays.size() - 1));
    }

    @Test
    void help_is_no_failure_and_fits_a_narrow_terminal() {
        for (Call page : pages) {
            assertEquals(0, page.status());
            assertFalse(page.said().contains("\u001b"), page.said());
            for (String line : page.said().split("\n")) {
                assertTrue(line.length() <= 80 || line.startsWith("  bgjob "), line);
                assertEquals(line.stripTrailing(), line);
            }
        }
    }

    @Test
    void every_command_has_its_exit_codes_and_an_example_of_its_use() {
        for (int i = 0; i < Cli.VERBS.size(); i++) {
            String said = pages.get(i + 1).said();

            assertTrue(said.contains("\nExit codes:\n"), said);
            assertTrue(said.lines().anyMatch(line -> line.startsWith("  ") && line.contains("bgjob ")), said);
            assertTrue(pages.get(0).said().contains("\n  " + Cli.VERBS.get(i) + " "), Cli.VERBS.get(i));
        }
    }

    @Test
    void asking_touches_nothing() throws Exception {
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(0, files.count());
        }
    }
}
