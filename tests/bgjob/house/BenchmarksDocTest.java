package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.Tool;
import docs.Checkout;
import docs.Markdown;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No figure about speed or size but those that bench/Bench.java printed. */
class BenchmarksDocTest {
    private static final String PAGE = Checkout.text("docs/benchmarks.md");
    private static final String FIGURE = "(\\b\\d[\\d.,]*(?:×| ?(?:ms|MiB|GiB)\\b))";

    @RegisterExtension
    private final JobHome home = JobHome.plain();

    @Test
    void readme_has_no_figure_that_the_benchmark_did_not_print() {
        Set<String> figures = Checkout.matches(FIGURE, Checkout.text("README.md"));
        figures.removeAll(Checkout.matches(FIGURE, PAGE));

        assertEquals(Set.of(), figures);
    }

    @Test
    void the_check_itself_sees_figures() {
        assertEquals(Set.of("1.07×", "46 ms", "1,024 MiB", "2MiB"), Checkout.matches(FIGURE, "1.07× (46 ms), 1,024 MiB, 2MiB, 5 jobs, 3 msgs"));
    }

    @Test
    void the_page_says_of_every_promise_whether_it_is_kept() {
        List<Markdown.Row> promises = new Markdown(PAGE).rows("What is promised");

        assertTrue(promises.size() >= 15, "only " + promises.size() + " promises: the page was not written by a whole run");
        for (Markdown.Row row : promises) {
            assertTrue(row.cells().get(3).matches("(yes|\\*\\*no\\*\\*)(, narrowly)?|–"), row.toString());
        }
    }

    @Test
    void the_benchmark_lists_its_sources_by_name() {
        Path folder = Checkout.root().resolve("bench");
        Set<String> files = new TreeSet<>();
        Checkout.files("bench", ".java").forEach(file -> files.add(folder.relativize(file).toString()));
        files.removeAll(Set.of("Bench.java", "Hello.java", "WebBench.java")); // the script itself, what it measures, and the dashboard's own
        Set<String> listed = Checkout.matches("(?m)^//SOURCES ([\\w*]+\\.java)$", Checkout.text("bench/Bench.java"));

        assertEquals(files, listed);
    }

    @Test
    void setup_names_what_is_missing_and_shellcheck_has_nothing_against_it() throws Exception {
        String setup = Checkout.root().resolve("bench/setup").toString();
        String missing = home.command(setup, "--check", home.work().toString()).exits(1).run().out();

        assertTrue(missing.endsWith("pm2\n"), missing);
        home.command(Tool.need("shellcheck"), setup).run();
    }
}
