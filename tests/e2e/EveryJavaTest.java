package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.CliRun;
import bgjob.support.JobHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs, a stop and a batch by each Java 17 or newer of this machine; in CI one of them has to be 25. */
class EveryJavaTest {
    private static final Path ALL = Path.of("/usr/lib/jvm");
    private static final int OLDEST = 17;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** @return the major version a Java's release file tells, or 0 */
    private static int version(Path java) {
        try {
            for (String line : Files.readAllLines(java.resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=")) {
                    return Integer.parseInt(line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"));
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    private static List<Path> javas() throws IOException {
        List<Path> javas = new ArrayList<>();
        try (Stream<Path> files = Files.exists(ALL) ? Files.list(ALL) : Stream.empty()) {
            for (Path java : files.map(Path::toAbsolutePath).sorted().toList()) {
                boolean known = javas.stream().anyMatch(other -> version(other) == version(java));
                if (version(java) >= OLDEST && !known && Files.exists(java.resolve("bin/javac"))) {
                    javas.add(java);
                }
            }
        }
        return javas;
    }

    @Test
    void each_builds_bgjob_and_runs_stops_and_tells() throws IOException {
        List<Path> javas = javas();
        assertFalse(javas.isEmpty() && "true".equals(System.getenv("CI")), "there is no Java in " + ALL);
        for (Path java : javas) {
            if (version(java) == Runtime.version().feature()) {
                continue; // all the other tests run on that one
            }
            String label = "java" + version(java);
            Path copy = home.root().resolve("copy-" + label);
            home.sh("mkdir \"$1\" && cd \"$0\" && cp -R bgjob bgjob.java web.java jbang lib \"$1\"", JobHome.CHECKOUT.toString(), copy.toString()).run();
            assertTrue(call(java, copy, "run", label, "--wait", "--", "sh", "-c", "exit 3").exits(3).run().out().contains("Id: "));
            assertEquals("failed", home.state(label));
            assertTrue(call(java, copy, "status", label).run().out().contains("EXITCODE 3 "));
            call(java, copy, "run", label, "--", "sleep", "300").run();
            assertTrue(call(java, copy, "stop", label).run().out().contains("143"), label);
            assertEquals("stopped", home.state(label));
            call(java, copy, "batch", label, "--slots", "2", "--", "echo").stdin("a\nb\n").run();
            call(java, copy, "wait", label).run();
            assertTrue(call(java, copy, "result", label).run().out().contains("2"), label);
        }
    }

    private CliRun call(Path java, Path copy, String... words) {
        List<String> line = new ArrayList<>(List.of(copy.resolve("bgjob").toString()));
        line.addAll(List.of(words));
        return home.command(line.toArray(new String[0])).env("JAVA_HOME", java.toString()).env("BGJOB_JAVA_HOME", java.toString())
                .env("HOME", System.getenv("HOME")).noisy();
    }

    @Test
    void in_ci_one_of_them_is_25() throws IOException {
        List<Integer> versions = javas().stream().map(EveryJavaTest::version).toList();
        assertTrue(versions.contains(25) || !"true".equals(System.getenv("CI")), "only " + versions + " in " + ALL + "; Java 25 must be tried, too");
    }
}
