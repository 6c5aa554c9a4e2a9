///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Measures the dashboard against its promises: ./jbang bench/WebBench.java [FILE]
//JAVA 17+
//MAIN bench.WebBench
//JAVAC_OPTIONS -encoding UTF-8
//DEPS com.google.code.gson:gson:2.13.2
//DEPS org.junit.jupiter:junit-jupiter-api:5.14.4
//DEPS org.seleniumhq.selenium:selenium-chrome-driver:4.38.0
//DEPS org.seleniumhq.selenium:selenium-support:4.38.0
//SOURCES ../tests/e2e/web/Browser.java
//SOURCES ../tests/e2e/web/Site.java
//SOURCES ../tests/bgjob/support/Await.java
//SOURCES ../tests/bgjob/support/Tool.java
//SOURCES ../tests/docs/Checkout.java

package bench;

import bgjob.support.Await;
import e2e.web.Browser;
import e2e.web.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Measures, and writes a page; without an argument to standard output. */
public final class WebBench {
    private static final int STARTS = 7;
    private static final int LINES = 400;
    private static final int JOBS = 10_000;
    private static final int LISTS = 9;
    private static final int VIEWERS = 20;

    private static final StringBuilder PAGE = new StringBuilder();

    private WebBench() {
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("bgjob.checkout", String.valueOf(System.getenv("BGJOB_CHECKOUT")));
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        PAGE.append("# Benchmarks of the dashboard\n\nWritten by `./jbang bench/WebBench.java docs/dashboard-benchmarks.md`. ").append(Runtime.getRuntime().availableProcessors())
                .append(" cores, Java ").append(Runtime.version().feature()).append("; load when it began: ").append(load)
                .append(". What the figures mean for users is in [dashboard](dashboard.md).\n\n| what | target | measured | |\n|---|---|---|---|\n");
        try (Site site = new Site()) {
            firstPage(site);
            lines(site);
            viewers(site);
        }
        manyJobs();
        PAGE.append("\nThe first page is timed from the start of the command `bgjob web`, already built, until `/` has come whole. A line is timed from when it is"
                + "\nwritten into a pipe that the job copies, until a headless Chromium has it in the page's document. Lists are timed over HTTP, nothing remembered at the"
                + "\nfirst one. Memory is the server's resident set (VmRSS) while its viewers get a line every 20 ms.\n");
        if (args.length > 0) {
            Files.writeString(Path.of(args[0]), PAGE);
        } else {
            System.out.print(PAGE);
        }
    }

    private static void row(String what, String target, String measured, boolean kept) {
        PAGE.append("| ").append(what).append(" | ").append(target).append(" | ").append(measured).append(" | ").append(kept ? "kept" : "**not kept**").append(" |\n");
    }

    private static double percentile(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
    }

    private static String number(double value) {
        return value < 10 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.0f", value);
    }

    private static void firstPage(Site site) throws Exception {
        double[] millis = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            site.stop();
            long began = System.nanoTime();
            site.start();
            if (site.get("/").statusCode() != 200) {
                throw new IllegalStateException("no page");
            }
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        double median = percentile(millis, 0.5);
        row("`bgjob web` until the first page has come, median of " + STARTS, "≤ 1500 ms", number(median) + " ms (slowest " + number(millis[STARTS - 1]) + ")", median <= 1500);
    }

    /** The page's own clock and ours are the same machine's. */
    private static void lines(Site site) throws Exception {
        Path fifo = site.project().resolve("fifo");
        site.run("mkfifo", fifo.toString());
        String id = site.job("lines", "exec cat " + fifo);
        try (Browser browser = new Browser(site).enter(); OutputStream out = Files.newOutputStream(fifo)) {
            browser.open("/jobs/" + id);
            browser.await("#live", "live");
            browser.script("""
                    window.seen = {};
                    const look = () => { for (const line of document.querySelectorAll('#view .line')) {
                      const n = line.textContent; if (n && !(n in window.seen)) window.seen[n] = performance.timeOrigin + performance.now(); } };
                    new MutationObserver(look).observe(document.getElementById('view'), { childList: true, subtree: true, characterData: true });""");
            double[] written = new double[LINES];
            for (int i = 0; i < LINES; i++) {
                written[i] = now();
                out.write(("n" + i + "\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
                LockSupport.parkNanos((10 + i * 7 % 25) * 1_000_000L);
            }
            Await.until("the last line is seen", () -> browser.script("return window.seen['n" + (LINES - 1) + "']") != null);
            double[] millis = new double[LINES];
            for (int i = 0; i < LINES; i++) {
                millis[i] = ((Number) browser.script("return window.seen['n" + i + "']")).doubleValue() - written[i];
            }
            Arrays.sort(millis);
            double p99 = percentile(millis, 0.99);
            row("line written until it is in the browser, 99th percentile of " + LINES, "≤ 250 ms", number(p99) + " ms (median " + number(percentile(millis, 0.5)) + ")", p99 <= 250);
        }
        site.ended(id);
    }

    private static double now() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1000.0 + now.getNano() / 1e6;
    }

    private static void viewers(Site site) throws Exception {
        String id = site.job("viewed", "while :; do echo \"a line of output as a job writes it\"; sleep 0.02; done");
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            for (String path : new String[] {"/api/jobs/" + id + "/events", "/api/events"}) {
                Iterator<String> lines = site.lines(site.request(path).header("Accept", "text/event-stream")).body().iterator();
                Thread reader = new Thread(() -> {
                    try {
                        while (lines.hasNext()) {
                            lines.next();
                        }
                    } catch (java.io.UncheckedIOException e) {
                        // the server ends
                    }
                });
                reader.setDaemon(true);
                reader.start();
                readers.add(reader);
            }
            for (String path : new String[] {"/", "/jobs", "/jobs/" + id, "/stats", "/api/stats", "/assets/pico.css", "/assets/chart.js"}) {
                site.get(path);
            }
        }
        double most = 0;
        for (int i = 0; i < 50; i++) {
            LockSupport.parkNanos(200_000_000L);
            most = Math.max(most, resident(site.pid()));
        }
        row("memory with " + VIEWERS + " viewers of a job that writes, most of 10 s", "≤ 150 MiB", number(most) + " MiB", most <= 150);
        site.run(Site.bgjob(), "stop", id, "--grace", "1s");
    }

    private static double resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("no VmRSS");
    }

    private static void manyJobs() throws Exception {
        try (Site site = new Site()) {
            Path logs = site.logs();
            Files.createDirectories(logs.resolve("jobs"));
            for (int i = 0; i < JOBS; i++) {
                String ts = String.format("202601%02d_%02d%02d%02d", 1 + i / 1000, i / 3600 % 24, i / 60 % 60, i % 60);
                String id = "old" + i % 7 + "_" + ts;
                int exit = i % 9 == 0 ? 1 : 0;
                Files.writeString(logs.resolve(id + ".log"), "line\n");
                Files.writeString(logs.resolve(id + ".pid"), "1\n");
                Files.writeString(logs.resolve(id + ".exit"), exit + "\n");
                Files.writeString(logs.resolve(id + ".meta"), "ts=" + ts + "\nlabel=old" + i % 7 + "\ncmd='make all'\npid=1\npgid=1\nstarted=2026-01-01T00:00:00Z\n"
                        + "exit=" + exit + "\nfinished=2026-01-01T00:01:00Z\n");
            }
            site.stop();
            site.start();
            site.get("/");
            list(site, "first page of " + JOBS + " jobs", "/jobs");
            list(site, "last page of " + JOBS, "/jobs?offset=" + (JOBS - 50));
            list(site, "only those that failed", "/jobs?status=failed&offset=500");
            list(site, "a text in any of them", "/jobs?q=nothing-like-it");
        }
    }

    private static void list(Site site, String what, String path) throws Exception {
        double[] millis = new double[LISTS];
        for (int i = 0; i < LISTS; i++) {
            long began = System.nanoTime();
            if (site.get(path).statusCode() != 200) {
                throw new IllegalStateException(path);
            }
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        double median = percentile(millis, 0.5);
        row(what + ", median of " + LISTS, "no jank: ≤ 300 ms", number(median) + " ms (the first time " + number(first) + ")", median <= 300);
    }
}
