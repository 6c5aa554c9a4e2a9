package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pictures of docs/dashboard.md, of real jobs; into the folder named by BGJOB_SCREENSHOTS, else into one that is thrown away. */
class ScreenshotsTest {
    private static final int MOST_BYTES = 150_000;

    private static Site site;
    private static Browser browser;
    private static Path folder;
    private static String scan;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
        browser = new Browser(site);
        String wanted = System.getenv("BGJOB_SCREENSHOTS");
        folder = wanted == null ? site.base() : Path.of(wanted);
        browser.size(1120, 780).enter();
        empty();
        jobs();
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

    private static void empty() throws Exception {
        browser.open("/jobs");
        browser.await(".empty", "No jobs yet");
        shoot("empty");
    }

    private static void jobs() throws Exception {
        for (String time : List.of("0.2", "0.5", "0.3", "0.6")) {
            site.ended(site.job("tests", "sleep " + time + "; printf 'tests/test_api.py \\033[32m.....\\033[0m [100%%]\\n'"));
            site.ended(site.job("lint", "sleep 0." + (int) (Double.parseDouble(time) * 10 + 1) + "; echo clean"));
        }
        site.ended(site.job("tests", "printf '\\033[1;31mFAILED\\033[0m tests/test_api.py::test_login - assert 401 == 200\\n'; exit 1"));
        site.ended(site.job("backtest", "echo done; echo '{\"trades\": 1284, \"profit\": 0.173, \"cost\": {\"usd\": 0.42, \"tokens\": 18230}}' >\"$BGJOB_RESULT\""));
        Path films = site.base().resolve("films");
        Files.writeString(films, String.join("\n", List.of("harbour.mov", "night train.mov", "mill.mov", "portrait.mov", "snow.mov", "")));
        site.run(Site.bgjob(), "batch", "encode", "--from", films.toString(), "--sh", "echo \"encoding $1\"; case $1 in mill*) echo 'unknown codec'; exit 4;; snow*) sleep 500;; esac", "--", "{}");
        site.job("api", "exec sleep 500");
        site.run(Site.bgjob(), "run", "deploy", "--after", "api", "--", "make", "deploy");
        scan = site.job("scan", "i=0; while [ $i -lt 400 ]; do i=$((i+1)); [ $i -gt 149 ] && sleep 0.4; echo \"$i/400 src/module_$i.java\" >>\"$BGJOB_PROGRESS\";"
                + " printf '\\033[36m12:%02d:%02d\\033[0m scanned \\033[1msrc/module_%s.java\\033[0m' $((i/60)) $((i%60)) $i;"
                + " case $i in *7) printf ' \\033[33m2 warnings\\033[0m';; *3) printf ' \\033[31m1 error\\033[0m';; esac; echo; done");
        Await.until("it has got somewhere", () -> site.logs().resolve(scan + ".log").toFile().length() > 6000);
    }

    private static void shoot(String name) throws Exception {
        Path file = folder.resolve(name + ".png");
        browser.screenshot(file);
        assertTrue(Files.size(file) > 8_000, name + " is blank");
        assertTrue(Files.size(file) < MOST_BYTES, name + " has " + Files.size(file) + " bytes");
    }

    private static void theme(String scheme) {
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    @Test
    void every_page_has_its_picture() throws Exception {
        theme("light");
        browser.open("/");
        browser.await("table.jobs", "scan");
        shoot("new-job");
        browser.open("/jobs");
        browser.await("table.jobs", "scan");
        shoot("jobs");
        browser.open("/jobs/" + scan);
        browser.await("#view", "module_15");
        browser.await("#progress-text", "left");
        shoot("job");
        theme("dark");
        browser.open("/jobs/" + scan);
        browser.await("#view", "module_15");
        browser.await("#progress-text", "left");
        shoot("job-dark");
        browser.open("/stats");
        browser.find("#stats[data-drawn]");
        shoot("stats-dark");
        theme("light");
        browser.open("/stats");
        browser.find("#stats[data-drawn]");
        shoot("stats");
        browser.open("/jobs/backtest");
        browser.await(".result", "trades");
        shoot("result");
        browser.open("/jobs/encode");
        browser.await("#items .counts", "1 running");
        shoot("batch");
        browser.open("/jobs/nothing_20200101_000000");
        browser.await(".problem", "404");
        shoot("not-found");
        browser.size(390, 844).open("/jobs");
        browser.await("table.jobs", "scan");
        shoot("phone");
        browser.open("/jobs/" + scan);
        browser.await("#view", "module_15");
        shoot("phone-job");
        assertEquals(390L, ((Number) browser.script("return document.documentElement.scrollWidth")).longValue(), "the page is wider than the phone");
        browser.size(1120, 780);
    }
}
