package bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bench.Statistics.Estimate;
import docs.Markdown;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private final Page page = new Page();

    private List<String> met() {
        return new Markdown(page.text("", "")).rows("What is promised").stream().map(row -> row.cells().get(3)).toList();
    }

    @Test
    void a_promise_is_met_up_to_its_limit_and_narrowly_when_the_interval_reaches_beyond() {
        page.promise("a", 1.2, new Estimate(1.1, 1.05, 1.15));
        page.promise("b", 1.2, new Estimate(1.2, 1.2, 1.2));
        page.promise("c", 1.2, new Estimate(1.1, 1.0, 1.3));
        page.promise("d", 1.2, new Estimate(1.3, 1.1, 1.4));
        page.promise("e", 1.2, new Estimate(1.4, 1.3, 1.5));
        page.unmeasured("f", "≤ 1.2×", "it is not there");

        assertEquals(List.of("yes", "yes", "yes, narrowly", "**no**, narrowly", "**no**", "–"), met());
    }

    @Test
    void what_is_lost_is_said_and_what_is_won_is_not() {
        page.compared("`ours` takes", new Estimate(34.2, 30, 40), "as long as `tsp -l`");
        page.compared("`ours` takes", new Estimate(0.3, 0.2, 0.4), "as long as `pm2 list`");

        String text = page.text("", "");
        assertEquals(1, text.split("- `ours` takes 34× as long as `tsp -l`\\.", -1).length - 1, text);
        assertFalse(text.contains("pm2"), text);
    }

    @Test
    void every_figure_has_its_unit_and_as_many_digits_as_it_needs() {
        assertEquals(List.of("0.031×", "1.23×", "12×"), List.of(Page.ratio(0.0312), Page.ratio(1.234), Page.ratio(12.3)));
        assertEquals(List.of("0.17 ms", "46.2 ms", "12.3 s"), List.of(Page.millis(0.17), Page.millis(46.23), Page.millis(12_345)));
        assertEquals(List.of("0.21 MiB", "56.7 MiB"), List.of(Page.mebibytes(0.21), Page.mebibytes(56.66)));
    }
}
