package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import docs.Markdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No figure about speed or size but those that bench/Bench.java printed. */
class BenchmarksDocTest {
    private static final String PAGE = Checkout.text("docs/benchmarks.md");
    private static final String FIGURE = "(\\b\\d[\\d.,]*(?:×| ?(?:ms|MiB|GiB)\\b))";

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
        files.removeAll(Set.of("Bench.java", "Hello.java")); // the script itself, and what it measures
        Set<String> listed = Checkout.matches("(?m)^//SOURCES ([\\w*]+\\.java)$", Checkout.text("bench/Bench.java"));

        assertEquals(files, listed);
    }

    @Test
    void what_it_compares_with_is_installed_by_its_own_script() {
        assertTrue(Files.isExecutable(Checkout.root().resolve("bench/setup")));
    }
}
