package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import docs.Markdown;
import docs.Program;
import docs.SmallProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every block of shell in README.md is run as it stands, by the real program, in a small project with an own .logs. */
class ReadmeTest {

    private static final String SCAN = "A) A full scan of the documents";
    private static final String SUITE = "B) The whole test suite";
    private static final String WATCH = "C) Watching the checks of a pull request";
    private static final String BACKTEST = "D) A backtest";
    private static final String PARALLEL = "E) Several jobs side by side";

    private static Markdown readme;
    private static SmallProject project;

    @BeforeAll
    static void read() throws Exception {
        readme = new Markdown(Checkout.text("README.md"));
        project = new SmallProject();
    }

    @AfterAll
    static void remove() throws Exception {
        project.close();
    }

    @Test
    void the_two_commands_that_ci_runs_stand_behind_their_markers() {
        List<Markdown.Block> blocks = readme.blocks("Two commands", "sh");
        assertEquals(List.of("<!-- ci:test -->", "<!-- ci:main -->"), blocks.stream().map(Markdown.Block::before).toList());
        assertEquals("./jbang tests/RunTests.java\n", blocks.get(0).text());
        assertEquals("./bgjob run hello -- echo hi\n", blocks.get(1).text());
        assertTrue(Files.exists(Checkout.root().resolve("tests/RunTests.java")));
    }

    /** The test command itself is what runs this; all others are run below. */
    @Test
    void every_block_of_shell_is_run() {
        TreeSet<String> run = new TreeSet<>(List.of("Two commands", "Try it", "Install", "Ways to call it", SCAN, SUITE, WATCH, BACKTEST, PARALLEL));
        TreeSet<String> there = new TreeSet<>();
        for (Markdown.Block block : readme.blocks()) {
            assertTrue(List.of("sh", "text").contains(block.language()), block.heading() + ": '" + block.language() + "'");
            if (block.language().equals("sh")) {
                there.add(block.heading());
            }
        }
        assertEquals(run, there);
    }

    @Test
    void the_main_job_runs() throws Exception {
        shell(readme.blocks("Two commands", "sh").get(1).text()).out(0);
        assertEquals("hi\n", shell("bgjob wait hello >&2; bgjob logs hello").out(0));
    }

    @Test
    void the_first_steps_print_what_is_shown() throws Exception {
        List<Markdown.Block> steps = readme.blocks("Try it", "sh");
        String printed = shell(steps.get(0).text()).out(0);
        assertEquals(moving(readme.blocks("Try it", "text").get(0).text()),
                moving(printed.replace(project.root().toString(), "/home/you/bgjob")));
        assertEquals("hi\nbye\n0\nhi\nbye\n", shell(steps.get(1).text()).out(0));
    }

    @Test
    void it_can_be_installed() throws Exception {
        SmallProject other = new SmallProject();
        try {
            Files.delete(other.home().resolve(".local/bin/bgjob"));
            assertTrue(other.program().run("sh", "-euc", only("Install")).out(0).startsWith("Installed:  " + other.home() + "/.local/bin/bgjob\n"));
            assertEquals("bgjob " + Checkout.version() + "\n", other.program().run("sh", "-euc", "cd docs; bgjob --version").out(0));
        } finally {
            other.close();
        }
    }

    /** Times, process ids and a commit differ at each run. */
    private static String moving(String text) {
        return text.replaceAll("\\d{8}_\\d{6}", "STAMP").replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "TIME")
                .replaceAll("(?m)((PID|PGID): +|pid=)\\d+$", "$1N").replaceAll("\\b1\\.\\ds", "1.0s").replaceAll("[0-9a-f]{12} on", "SHA on");
    }

    @Test
    void a_scan_is_followed_to_its_end() throws Exception {
        String printed = shell(only(SCAN)).out(0);
        assertTrue(printed.contains("scanned 2 files\n"), printed);
        assertTrue(printed.contains("NOT RUNNING label=docs_refs_full"), printed);
        assertTrue(printed.contains("\n0\n"), printed);
        assertTrue(printed.contains("not running: docs_refs_full_"), printed);
    }

    @Test
    void failures_of_a_test_suite_are_found() throws Exception {
        String printed = shell(only(SUITE)).out(0);
        assertTrue(printed.contains("\nFAILED tests/test_broken\n"), printed);
        assertTrue(printed.contains("EXITCODE 1 "), printed);
        assertTrue(printed.endsWith("===== short test summary =====\nFAILED tests/test_broken\n"), printed);
    }

    @Test
    void ending_the_display_does_not_end_the_job() throws Exception {
        List<String> lines = List.of(only(WATCH).split("\n"));
        assertTrue(lines.get(1).contains("Ctrl+C"), lines.get(1));
        shell(lines.get(0)).out(0);
        Program.Running display = project.program().start("sh", "-c", "exec " + lines.get(1));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!display.printed().contains("pending") && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        project.program().run("kill", "-INT", Long.toString(display.pid())).out(0);
        assertTrue(display.end().out(130).contains("unit-tests  pending\n"));
        assertTrue(shell("bgjob status pr_watch_485").out(0).startsWith("RUNNING label=pr_watch_485 pid="));

        String printed = shell(String.join("\n", lines.subList(2, lines.size()))).out(0);
        assertTrue(printed.startsWith("pr_watch_485_") && printed.contains(" stopped (exit 143, signal TERM)"), printed);
        assertTrue(printed.contains("nothing of it is left\nunit-tests  pending\n"), printed);
    }

    @Test
    void a_virtual_environment_is_activated() throws Exception {
        assertTrue(shell(only(BACKTEST)).out(0).endsWith("backtest of ma_crossover over 365 days\n"));
    }

    @Test
    void several_jobs_are_shown_side_by_side() throws Exception {
        String printed = shell(only(PARALLEL)).out(0);
        assertTrue(printed.contains("=== docs_check ===\n"), printed);
        assertTrue(printed.contains("\ntests_unit        | tests/unit/test_add PASSED\n"), printed);
        assertTrue(printed.contains("\ntests_integration | tests/integration/test_sleep PASSED\n"), printed);
        assertTrue(printed.contains("\ndocs_check        | scanned 2 files\n"), printed);
    }

    @Test
    void every_way_to_call_it_reaches_the_same_program() throws Exception {
        String calls = readme.blocks("Ways to call it", "sh").get(0).text();
        String printed = new Program(Checkout.root(), Map.of()).run("sh", "-euc", calls).out(0);
        assertEquals(("bgjob " + Checkout.version() + "\n").repeat(calls.split("\n").length), printed);
    }

    private static String only(String heading) {
        List<Markdown.Block> blocks = readme.blocks(heading, "sh");
        assertEquals(1, blocks.size(), heading);
        return blocks.get(0).text();
    }

    private static Program.Result shell(String text) throws Exception {
        Path bgjob = project.home().resolve(".local/bin/bgjob");
        assertTrue(Files.isSymbolicLink(bgjob), "bgjob is not on the PATH");
        return project.program().run("sh", "-euc", text);
    }
}
