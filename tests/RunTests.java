///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Runs bgjob's tests: ./jbang tests/RunTests.java [NAME…]
//JAVA 17+
//MAIN RunTests
//JAVAC_OPTIONS -encoding UTF-8
//DEPS org.junit.jupiter:junit-jupiter:5.14.4
//DEPS org.junit.platform:junit-platform-launcher:1.14.4
//DEPS org.seleniumhq.selenium:selenium-chrome-driver:4.38.0
//DEPS org.seleniumhq.selenium:selenium-support:4.38.0
//SOURCES **.java
//SOURCES ../bgjob.java
//SOURCES ../bench/Bench.java

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import runner.LeftBehind;
import runner.NameFilter;
import runner.Report;

/** Runs the tests whose class or method name contains, or as a glob matches, one of the arguments; without one, all. */
public class RunTests {

    public static void main(String... names) throws Exception {
        Path checkout = checkout();
        String run = "run-" + ProcessHandle.current().pid() + "-" + System.currentTimeMillis();
        System.setProperty("bgjob.checkout", checkout.toString());
        System.setProperty("bgjob.testRun", run);
        setUp(checkout);

        Report report = new Report(System.out, "true".equals(System.getenv("CI")));
        LeftBehind leftBehind = new LeftBehind(run);
        Thread interrupted = new Thread(() -> {
            leftBehind.find().forEach(LeftBehind.Stray::kill);
            report.close();
        });
        Runtime.getRuntime().addShutdownHook(interrupted);

        TestPlan plan = LauncherFactory.create().discover(request(List.of(names), null));
        report.of(plan);
        if (!plan.containsTests()) {
            System.out.println("no test is named like " + String.join(" ", names));
        }
        if (startsTheProgram(plan)) {
            build(checkout);
        }
        Thread waiting = new Thread(() -> execute(report, request(List.of(names), Boolean.TRUE)));
        waiting.start();
        execute(report, request(List.of(names), Boolean.FALSE));
        waiting.join();

        leftBehind.await().forEach(stray -> {
            report.fail("left behind: " + stray);
            stray.kill();
        });
        Runtime.getRuntime().removeShutdownHook(interrupted);
        report.close();
        System.exit(report.passed() ? 0 : 1);
    }

    private static void execute(Report report, LauncherDiscoveryRequest request) {
        Launcher launcher = LauncherFactory.create();
        TestPlan plan = launcher.discover(request);
        if (plan.containsTests()) {
            launcher.execute(plan, report);
        }
    }

    /**
     * @param waiting only the classes that mostly wait, with the tag of that name, one after another beside the others; only the others; or,
     *     where null, all
     */
    private static LauncherDiscoveryRequest request(List<String> names, Boolean waiting) {
        String threads = Boolean.TRUE.equals(waiting) ? "1" : System.getenv().getOrDefault("BGJOB_TEST_THREADS", "3");
        LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request();
        if (waiting != null) {
            builder.filters(waiting ? TagFilter.includeTags("waiting") : TagFilter.excludeTags("waiting"));
        }
        return builder
                .selectors(selectClasspathRoots(Set.of(jar())))
                .filters(ClassNameFilter.includeClassNamePatterns(".*Test"), new NameFilter(names))
                .configurationParameter("junit.jupiter.displayname.generator.default",
                        "org.junit.jupiter.api.DisplayNameGenerator$ReplaceUnderscores")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", threads)
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.max-pool-size", threads)
                .configurationParameter("junit.jupiter.execution.timeout.default", "120 s")
                // in a thread of its own, since one that ignores its interruption would never end
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
    }

    private static Path jar() {
        try {
            return Path.of(RunTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JBang does not tell a script where it lies; ./jbang does. */
    private static Path checkout() {
        String told = System.getenv("BGJOB_CHECKOUT");
        Path folder = Path.of(told != null ? told : "").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("tests/RunTests.java"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            System.err.println("RunTests: there is no bgjob checkout here; change into one and try again.");
            System.exit(1);
        }
        return folder;
    }

    private static void setUp(Path checkout) throws Exception {
        String setup = checkout.resolve("tests/setup").toString();
        ProcessBuilder check = new ProcessBuilder(setup, "--check")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        if (exitCode(check) != 0) {
            exitCode(new ProcessBuilder(setup).inheritIO()); // without them, tests that need them say so
        }
    }

    private static boolean startsTheProgram(TestPlan plan) {
        return plan.getRoots().stream().flatMap(root -> plan.getDescendants(root).stream())
                .anyMatch(test -> test.getUniqueId().contains("[class:e2e.") || test.getUniqueId().contains("[class:fuzz."));
    }

    /** Lest the first test pays for it, or several at once wait for it; with its archive, since thousands of calls follow. */
    private static void build(Path checkout) throws Exception {
        ProcessBuilder version = new ProcessBuilder(checkout.resolve("bgjob").toString(), "--version").inheritIO()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        version.environment().remove("BGJOB_TRAIN");
        exitCode(version);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!trained(checkout.resolve(".build")) && System.nanoTime() < end) {
            Thread.sleep(100);
        }
    }

    /** @return whether the newest build has its archive, or cannot have one */
    private static boolean trained(Path builds) throws IOException {
        if (!Files.isDirectory(builds)) {
            return true; // it was made elsewhere
        }
        try (Stream<Path> all = Files.list(builds)) {
            Path newest = all.filter(build -> build.getFileName().toString().startsWith("app-")).max(Comparator.naturalOrder()).orElse(null);
            if (newest == null) {
                return true;
            }
            try (Stream<Path> files = Files.list(newest)) {
                return files.anyMatch(file -> file.toString().endsWith("-all.jsa") || file.toString().endsWith("-all.jsa.failed"));
            }
        }
    }

    private static int exitCode(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
        if (!process.waitFor(15, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }
}
