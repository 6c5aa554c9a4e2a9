package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of a directory with many old jobs, at many widths. */
class RecordedPagesTest {
    private static final int LABELS = 12;

    private static Site site;
    private static Browser browser;
    private static String running;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
        Path logs = Files.createDirectories(site.logs().resolve("jobs")).getParent();
        for (int i = 0; i < LABELS; i++) {
            for (int run = 0; run < 5; run++) {
                Recorded.write(logs, "label-number-" + i + "_20260101_0000" + (run + 10), run % 4 == 3 ? 1 : 0, 0.05 + run * 0.02);
            }
        }
        running = site.job("a-long-running-one", "echo '3/7 compiling src/main/java' >>\"$BGJOB_PROGRESS\"; exec sleep 300");
        browser = new Browser(site).enter();
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    void no_page_is_wider_than_the_window_and_every_action_is_in_sight() {
        for (int width : new int[] {390, 721, 768, 820, 900, 1024, 1088, 1120, 1280}) {
            browser.size(width, 800);
            for (String path : List.of("/", "/jobs", "/jobs/" + running, "/stats")) {
                browser.open(path);
                browser.find(path.equals("/stats") ? "#stats[data-drawn]" : "table.jobs");
                assertEquals((long) width, browser.script("return document.documentElement.scrollWidth"), path + " at " + width);
                assertEquals(0L, browser.script("return [...document.querySelectorAll('button')].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth).length"), path + " at " + width);
            }
        }
        browser.size(1280, 900);
    }

    @Test
    void behind_the_last_page_there_is_a_way_back() {
        browser.open("/jobs?offset=5000&status=failed");
        browser.await(".empty", "nothing this far back");
        browser.click(".empty a");
        browser.await(".pager", "1–" + LABELS);
        assertTrue(browser.driver().getCurrentUrl().contains("status=failed"), "what was asked for is asked for still");
    }

    @Test
    void a_label_that_narrows_the_list_is_seen_kept_and_taken_away() {
        String rows = "return document.querySelectorAll('tbody tr').length";
        browser.open("/jobs?label=label-number-7");
        browser.await(".filter", "label-number-7");
        assertEquals(5L, browser.script(rows));
        browser.find("#q").sendKeys("_00001");
        Await.until("the address says what was searched for", () -> browser.driver().getCurrentUrl().contains("q=_00001"));
        assertEquals(5L, browser.script(rows), "the label still counts");
        browser.find("#q").sendKeys("3");
        Await.until("both count", () -> browser.script(rows).equals(1L));
        browser.driver().navigate().refresh();
        browser.await(".filter", "label-number-7");
        browser.click("input[name=label]");
        Await.until("the label is gone", () -> browser.script(rows).equals((long) LABELS));
        assertTrue(!browser.driver().getCurrentUrl().contains("label="), browser.driver().getCurrentUrl());
    }

    @Test
    void figures_of_labels_are_named_on_a_phone_too() {
        browser.size(390, 800).open("/stats");
        browser.find("#stats[data-drawn]");
        assertEquals(List.of("Label", "Runs", "Success", "Median", "95 of 100", "Longest", "Last failure"),
                browser.script("return [...document.querySelector('#labels tbody tr:last-child').cells].map(e => e.dataset.name)"));
        assertEquals("\"Runs \"", browser.script("return getComputedStyle(document.querySelector('#labels td.num'), '::before').content"), "and the name is seen");
        browser.size(1280, 900);
    }

    @Test
    void every_bar_has_its_name_and_every_tick_its_own_number() {
        browser.open("/stats");
        browser.find("#stats[data-drawn]");
        assertEquals(browser.script("return Chart.getChart('rate').data.labels"), browser.script("return Chart.getChart('rate').scales.y.ticks.map(tick => tick.label)"));
        List<?> ticks = (List<?>) browser.script("return Chart.getChart('durations').scales.y.ticks.map(tick => tick.label)");
        assertEquals(ticks.size(), ticks.stream().distinct().count(), ticks.toString());
        assertTrue(ticks.size() > 2, ticks.toString());
    }

    @Test
    void every_colour_of_a_log_can_be_read_in_both_themes() throws Exception {
        String id = site.job("colours", "i=16; while [ $i -lt 256 ]; do printf '\\033[0;38;5;%dma\\033[0;48;5;%dmb' $i $i; i=$((i+1)); done;"
                + " for c in '255;255;255' '255;255;0' '0;255;0' '0;0;255' '0;0;0' '128;0;0'; do printf '\\033[0;38;2;%smc\\033[0;48;2;%smd' $c $c; done; echo");
        site.ended(id);
        for (String theme : List.of("light", "dark")) {
            browser.script("localStorage.setItem('theme', arguments[0])", theme);
            browser.open("/jobs/" + id);
            Await.until("the colours are shown", () -> browser.script("return document.querySelectorAll('#view span').length").equals(492L));
            assertEquals(List.of(), browser.script("""
                    const paper = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
                    const light = colour => {
                      paper.fillStyle = colour;
                      paper.fillRect(0, 0, 1, 1);
                      const [r, g, b] = [...paper.getImageData(0, 0, 1, 1).data].map(n => n / 255).map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
                      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
                    };
                    const view = getComputedStyle(document.getElementById('view')).backgroundColor;
                    return [...document.querySelectorAll('#view span')].map(span => {
                      const style = getComputedStyle(span);
                      const on = style.backgroundColor === 'rgba(0, 0, 0, 0)' ? view : style.backgroundColor;
                      const [a, b] = [light(style.color), light(on)];
                      return [Math.max(a, b) / Math.min(a, b), style.color + ' on ' + on];
                    }).filter(one => one[0] < 4.5).map(String);"""), theme);
        }
        browser.script("localStorage.removeItem('theme')");
    }
}
