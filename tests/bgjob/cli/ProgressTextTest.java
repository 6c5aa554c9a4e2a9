package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
    private static Progress clone(String phase, String item) {
        return new Progress(154L, 245L, 63, phase, item, List.of("adp"), 1, 0.107, 900L, Source.PROTOCOL);
    }

    private static Progress guess(Long left) {
        return new Progress(null, null, left == null ? 99 : 40, null, null, List.of(), 0, null, left, Source.HISTORY);
    }

    @Test
    void a_line_says_all_that_is_known() {
        assertEquals("154/245 (63%) infra, phase 1/2 clone, 0.107/s, 15m 00s left, 1 failed: adp [protocol]",
                ProgressText.line(clone("1/2 clone", "infra")));
        assertEquals("~40%, 1m 15s left [estimated from earlier runs]", ProgressText.line(guess(75L)));
        assertEquals("~99%, longer than usual [estimated from earlier runs]", ProgressText.line(guess(null)));
        assertEquals("1899k/2999k (63%), 850k/s, 1s left [curl]", ProgressText.line(
                new Progress(1_899_520L, 2_999_296L, 63, null, null, List.of(), 0, 850_944.0, 1L, Source.CURL)));
    }

    @Test
    void of_many_failed_items_the_newest_are_named() {
        assertEquals("9 failed: e, f, g, h, i, … [protocol]", ProgressText.line(new Progress(null, null, null, null, null,
                List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"), 9, null, null, Source.PROTOCOL)));
    }

    @Test
    void a_cell_holds_phase_and_share_and_no_more_than_fits() {
        assertEquals("63%", ProgressText.cell(clone(null, "infra")));
        assertEquals("1/2 clone 63%", ProgressText.cell(clone("1/2 clone", "infra")));
        assertEquals("~40%", ProgressText.cell(guess(75L)));
        String cut = ProgressText.cell(clone("1/2 " + "very ".repeat(9), "infra"));
        assertEquals(24, cut.length());
        assertTrue(cut.endsWith("… 63%"), cut);
        assertEquals("7/?", ProgressText.cell(new Progress(7L, null, null, null, null, List.of(), 0, null, null, Source.PROTOCOL)));
    }

    @Test
    void a_bar_fits_its_width() {
        assertEquals("tests [============>       ] 154/245 (63%) infra, 0.107/s, 15m 00s left, 1 fail…",
                ProgressText.bar("tests", clone(null, "infra"), 80));
        for (int width = 1; width < 120; width++) {
            assertTrue(ProgressText.bar("tests", clone("1/2", "infra"), width).length() <= width, "width " + width);
        }
        assertEquals("tests running", ProgressText.bar("tests", null, 80));
        assertTrue(ProgressText.bar("tests", new Progress(2L, 2L, 100, null, null, List.of(), 0, null, 0L, Source.PROTOCOL), 80)
                .startsWith("tests [====================] 2/2 (100%)"));
    }

    @Test
    void control_characters_of_a_job_do_not_reach_the_terminal() {
        assertEquals(-1, ProgressText.line(clone("\u001b[2J", "\u001b[31m\u0007x")).indexOf('\u001b'));
        assertEquals(-1, ProgressText.cell(clone("\u001b[2J", null)).indexOf('\u001b'));
    }
}
