package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import com.google.gson.JsonObject;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.support.ui.Select;

/** The pages, in a real Chromium, as a developer uses them. */
class PagesTest {
    private static Site site;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
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

    @AfterEach
    void the_policy_was_never_broken() {
        List<String> refused = browser.complaints().stream().filter(text -> text.contains("Content Security Policy") || text.contains("Uncaught")).toList();
        assertEquals(List.of(), refused);
    }

    private static String id() {
        return browser.driver().getCurrentUrl().replaceAll(".*/jobs/|\\?.*", "");
    }

    @Test
    void a_job_is_started_from_the_form_watched_live_stopped_and_run_again() throws Exception {
        browser.open("/");
        assertFalse(browser.driver().getCurrentUrl().contains("token"), "the address keeps no token");
        browser.find("input[name=label]").sendKeys("typed");
        browser.find("textarea[name=command]").sendKeys("echo one; while [ ! -e go ]; do sleep 0.05; done; echo \"two $GREETING\"; exec sleep 300");
        browser.find("details summary").click();
        browser.find("textarea[name=env]").sendKeys("GREETING=a b");
        browser.find("input[name=timeout]").sendKeys("1h");
        browser.find("button.go").click();
        browser.await("#view", "one");
        browser.await("#state", "running");
        String first = id();
        assertEquals("typed", browser.text("h1").split("\\s")[0]);
        Files.createFile(site.project().resolve("go"));
        browser.await("#view", "two a b");
        browser.await("#live", "live");
        String took = browser.text("#took");
        Await.until("its time goes on", () -> !browser.text("#took").equals(took) && browser.text("#took").endsWith("s"));
        String later = browser.text("#took");
        Await.until("and on", () -> !browser.text("#took").equals(later));

        browser.click("#stop-" + first.replace(".", "\\."));
        browser.driver().switchTo().alert().dismiss();
        assertEquals("running", browser.text("#state"), "asked first");
        browser.click("#stop-" + first);
        browser.driver().switchTo().alert().accept();
        browser.await("#state", "stopped");
        site.ended(first);

        browser.click("#rerun-" + first);
        Await.until("the new job is shown", () -> !id().equals(first) && !id().isEmpty());
        browser.await("#view", "two a b");
        browser.await(".facts", first);
        site.run(Site.bgjob(), "stop", id(), "--grace", "1s");
        browser.await("#state", "stopped");
    }

    @Test
    void what_is_wrong_in_the_form_is_said_and_what_was_typed_stays() {
        browser.open("/");
        browser.find("input[name=label]").sendKeys("mistaken");
        browser.find("textarea[name=command]").sendKeys("echo 'x' && <b>");
        browser.find("details summary").click();
        browser.find("input[name=timeout]").sendKeys("soon");
        browser.find("button.go").click();
        browser.await(".wrong", "'soon' is no length of time");
        assertEquals("echo 'x' && <b>", browser.find("textarea[name=command]").getDomProperty("value"));
        assertEquals("soon", browser.find("input[name=timeout]").getDomProperty("value"));
    }

    @Test
    void the_list_is_live_filtered_searched_and_paged() throws Exception {
        for (int i = 0; i < 3; i++) {
            site.ended(site.job("alpha", "exit " + i % 2));
        }
        browser.open("/jobs");
        browser.await("table.jobs", "alpha");
        String fresh = site.job("beta", "while [ ! -e end-beta ]; do sleep 0.05; done");
        browser.await("tr[data-id='" + fresh + "'] .state", "running");
        Files.createFile(site.project().resolve("end-beta"));
        browser.await("tr[data-id='" + fresh + "'] .state", "completed");

        new Select(browser.find("select[name=status]")).selectByValue("failed");
        Await.until("only failed jobs are left", () -> !browser.all(".state").isEmpty() && browser.script(
                "return [...document.querySelectorAll('.state')].every(e => e.textContent === 'failed')").equals(true));
        assertTrue(browser.driver().getCurrentUrl().contains("status=failed"), "the address can be kept");
        browser.open("/jobs");
        browser.driver().switchTo().activeElement().sendKeys("/");
        browser.driver().switchTo().activeElement().sendKeys("beta");
        Await.until("only what was searched for is left", () -> browser.all("tbody tr").size() == 1 && browser.text("tbody").contains("beta"));
        browser.driver().switchTo().activeElement().sendKeys("nothing like it");
        browser.await(".empty", "No job is like that");

        Path folder = site.base().resolve("many/.logs/jobs");
        Files.createDirectories(folder);
        for (int i = 0; i < 120; i++) {
            String id = "old_20260101_" + String.format("%06d", i);
            Files.createFile(folder.resolveSibling(id + ".log"));
            Files.writeString(folder.resolveSibling(id + ".exit"), "0\n");
            Files.writeString(folder.resolveSibling(id + ".meta"), "ts=20260101_" + String.format("%06d", i) + "\nlabel=old\ncmd=true\npid=1\npgid=1\nstarted=2026-01-01T00:00:00Z\nexit=0\n");
        }
        try (Site many = new Site("--dir", folder.getParent().toString())) {
            browser.driver().get(many.address());
            browser.driver().get("http://127.0.0.1:" + many.port() + "/jobs");
            browser.await(".pager", "1–50 of 120");
            browser.click("a[rel=next]");
            browser.await(".pager", "51–100 of 120");
            browser.click("a[rel=next]");
            browser.await(".pager", "101–120 of 120");
        }
        browser.enter();
    }

    @Test
    void hostile_labels_and_logs_stay_text() throws Exception {
        String bomb = "printf '%s' \"<script>document.title='owned'</script><img src=x onerror=\\\"document.title='owned'\\\"></div>\"; echo;"
                + " printf '\\033]0;owned\\007\\033]8;;javascript:alert(1)\\007link\\033]8;;\\007 \\033[31;1mred\\033[0m \\033[38;5;196mx\\033[48;2;1;2;3my\\033[0m\\033[2J\\033[999;999H\\033[?1049h';"
                + " printf '\\033[%s' 9999999999m; i=0; while [ $i -lt 3000 ]; do i=$((i+1)); printf '\\033[1;%sm' $((30 + i % 8)); done; echo end; printf '\\377\\376bad\\n50%%\\r100%%\\n'; exit 1 # <b>";
        JsonObject wanted = new JsonObject();
        wanted.addProperty("label", "-.._x");
        wanted.addProperty("sh", bomb);
        String id = Site.json(201, site.post("/api/jobs", wanted.toString())).getAsJsonObject().get("id").getAsString();
        site.ended(id);
        browser.open("/jobs/" + id);
        browser.await("#view", "100%");
        String view = browser.text("#view");
        assertTrue(view.contains("<script>document.title='owned'</script>"), view);
        assertFalse(view.contains("50%") || view.contains("\u001b") || view.contains("javascript"), view);
        assertTrue(view.contains("link red xy"), view);
        assertEquals(0L, browser.script("return document.querySelectorAll('#view script, #view img, #view a, main img, main script').length"));
        assertEquals("rgb(179, 38, 30)", browser.script("return getComputedStyle([...document.querySelectorAll('#view .fg1')].find(e => e.textContent === 'red')).color"));
        assertNotEquals("owned", browser.driver().getTitle());
        assertTrue(browser.text("pre.command").contains("# <b>"));
        browser.open("/jobs?q=%3Cscript%3E%22'&status=failed");
        browser.find("#table");
        assertFalse(browser.script("return document.title").equals("owned"));
    }

    @Test
    void a_log_is_paged_searched_and_copied_and_follows_only_at_its_end() throws Exception {
        String id = site.job("long", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo \"line $i of many\"; done; while [ ! -e more ]; do sleep 0.05; done; echo appended; while [ ! -e end ]; do sleep 0.05; done; echo last");
        Await.until("it has written", () -> site.logs().resolve(id + ".log").toFile().length() >= 368_894);
        browser.open("/jobs/" + id);
        browser.await("#view", "line 20000 of many");
        assertTrue(((Number) browser.script("return document.querySelectorAll('#view .line').length")).longValue() <= 1000, "only its end is read");

        browser.script("document.getElementById('view').scrollTop = 5000");
        Await.until("it does not follow", () -> browser.script("return !document.getElementById('follow').hidden").equals(true));
        Files.createFile(site.project().resolve("more"));
        Await.until("it has come", () -> browser.script("return document.getElementById('view').textContent.includes('appended')").equals(true));
        assertEquals(5000L, ((Number) browser.script("return Math.round(document.getElementById('view').scrollTop)")).longValue(), "and nothing has moved");
        browser.script("document.getElementById('view').scrollTop = 0");
        Await.until("what stands before is read", () -> browser.script("return document.getElementById('view').textContent.includes('line 18000 of many')").equals(true));

        browser.find("#find-text").sendKeys("LINE 77 of", Keys.ENTER);
        browser.await("#found", "line 77 of many");
        browser.click("button.match");
        browser.await(".hit", "line 77 of many");
        browser.click("#log-start");
        browser.await("#view", "line 1 of many");
        browser.click("#log-end");
        browser.await("#view", "appended");
        Files.createFile(site.project().resolve("end"));
        browser.await("#view", "last");
        browser.await("#state", "completed");

        browser.driver().executeCdpCommand("Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser.click("#copy");
        browser.await("#copy", "Copied");
        Object copied = browser.driver().executeAsyncScript("const done = arguments[0]; navigator.clipboard.readText().then(done, e => done('' + e))");
        assertEquals(Files.readString(site.logs().resolve(id + ".log")), copied);
    }

    @Test
    void a_log_of_five_gibibytes_is_shown_at_once() throws Exception {
        String id = site.job("vast", "echo first");
        site.ended(id);
        try (SeekableByteChannel log = Files.newByteChannel(site.logs().resolve(id + ".log"), StandardOpenOption.WRITE)) {
            log.position(5L << 30);
            log.write(StandardCharsets.UTF_8.encode("\nthe end of it\n"));
        }
        browser.open("/jobs/" + id);
        browser.await("#view", "the end of it");
        browser.await("#where", "5.0 GiB");
        browser.click("#log-start");
        browser.await("#view", "first");
    }

    @Test
    void the_page_comes_back_by_itself_when_the_server_was_restarted() throws Exception {
        String id = site.job("lasting", "i=0; while [ $i -lt 35 ]; do i=$((i+1)); echo \"tick $i.\"; sleep 0.2; done");
        browser.open("/jobs/" + id);
        browser.await("#view", "tick 2.");
        site.stop();
        browser.await("#live", "offline");
        site.start();
        browser.await("#live", "live");
        site.ended(id);
        browser.await("#view", "tick 35.");
        String shown = (String) browser.script("return [...document.querySelectorAll('#view .line')].map(e => e.textContent).join('\\n') + '\\n'");
        assertEquals(Files.readString(site.logs().resolve(id + ".log")), shown);
    }

    @Test
    void without_server_sent_events_it_asks() throws Exception {
        Object added = browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", "delete window.EventSource")).get("identifier");
        try {
            String id = site.job("asked", "while [ ! -e asked ]; do sleep 0.05; done; echo answered");
            browser.open("/jobs/" + id);
            browser.await("#live", "polling");
            Files.createFile(site.project().resolve("asked"));
            browser.await("#view", "answered");
            browser.await("#state", "completed");
            browser.open("/jobs");
            browser.await("#live", "polling");
            String fresh = site.job("polled", "true");
            browser.await("tr[data-id='" + fresh + "']", "polled");
        } finally {
            browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", added));
        }
    }

    @Test
    void it_is_dark_where_the_system_is_or_the_reader_wants_it() {
        String dark = "return getComputedStyle(document.querySelector('.bar')).color";
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "light"))));
        browser.open("/stats");
        Object light = browser.script(dark);
        browser.click("#theme");
        browser.click("#theme");
        browser.await("#theme", "dark");
        assertNotEquals(light, browser.script(dark));
        browser.open("/jobs");
        assertEquals("dark", browser.find("html").getDomAttribute("data-theme"), "it is remembered");
        browser.click("#theme");
        browser.await("#theme", "auto");
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        browser.open("/stats");
        assertNotEquals(light, browser.script(dark));
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    @Test
    void all_of_it_can_be_reached_by_keys() throws Exception {
        site.ended(site.job("keys", "true"));
        browser.open("/jobs");
        Await.until("the keys lead to the job", () -> {
            try {
                browser.find("body").sendKeys("j");
                boolean job = "job".equals(browser.driver().switchTo().activeElement().getDomAttribute("class"));
                browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
                return job;
            } catch (StaleElementReferenceException e) {
                return false; // the list was drawn anew
            }
        });
        browser.find("#view");
        browser.find("body").sendKeys("n");
        browser.find("form#new");
        assertEquals("label", browser.driver().switchTo().activeElement().getDomAttribute("name"));
        assertEquals(0, browser.driver().findElements(By.cssSelector("button:not([id]):not(.go):not(.small):not([type])")).size());
    }
}
