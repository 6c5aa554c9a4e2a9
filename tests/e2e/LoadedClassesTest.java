package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import bgjob.support.JobHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What java loads for the commands that are typed all day. The lists under golden/ hold our classes and those of the libraries one by
 * one, and the JDK's packages; a newcomer makes every call of that command slower.
 */
class LoadedClassesTest {
    private static final Path GOLDEN = JobHome.CHECKOUT.resolve("tests/e2e/golden");
    /** Each was measured to cost milliseconds (docs/decisions/0006-lean-hot-path.md). */
    private static final List<String> NEVER = List.of("java.util.Formatter", "java.util.Scanner", "java.text.Format", "java.time.LocalDateTime",
            "java.time.format.DateTimeFormatter", "java.lang.reflect.Proxy", "java.util.UUID$Holder");
    /** Made by the JDK itself at every start, or of a kind that an archive never holds. */
    private static final List<String> SPUN = List.of("java.lang.invoke.LambdaForm$", "jdk.internal.event.");

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void have_an_index_and_jobs_of_every_kind() {
        for (int i = 0; i < 400; i++) {
            home.write(".logs/other" + i, "");
        }
        home.write(".logs/.gitignore", "*\n");
        home.start("done", "true").ended();
        home.start("quiet", "sh", "-c", "echo text; exec sleep 100").says("text");
        home.start("counts", "sh", "-c", "echo 'x.py . [ 50%]'; exec sleep 100").says("50%");
        home.ok("status", "done");
        assertTrue(Files.exists(home.logs().resolve("index/stamp")), "there is an index");
    }

    /** @return the calls to look at, by verb */
    private static Map<String, List<List<String>>> calls() {
        Map<String, List<List<String>>> calls = new TreeMap<>();
        calls.put("status", List.of(List.of("status", "done"), List.of("status", "quiet"), List.of("status", "counts"), List.of("status")));
        calls.put("latest", List.of(List.of("latest", "done")));
        calls.put("list", List.of(List.of("list", "-n", "20")));
        calls.put("run", List.of(List.of("run", "more", "--", "true"), List.of("run", "done", "--", "sleep", "100")));
        return calls;
    }

    /** @return a line {@code CLASS source: SOURCE} for each class that the call loads */
    private List<String> loaded(List<String> call, String option) throws IOException {
        Path log = home.root().resolve("loaded");
        home.bgjob(call.toArray(new String[0])).env("BGJOB_JAVA_OPTIONS", option + " -Xlog:class+load:file=" + log).run();
        List<String> loaded = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            loaded.add(line.substring(line.lastIndexOf("] ") + 2));
        }
        assertTrue(loaded.size() > 300, call + ": " + loaded);
        return loaded;
    }

    /** Lambdas without their number; the JDK's own classes, which differ from one to the next, by package. */
    private static void add(TreeSet<String> names, String loaded) {
        String name = loaded.substring(0, loaded.indexOf(' ')).replaceFirst("\\$\\$Lambda.*", "\\$\\$Lambda");
        if (name.startsWith("java.")) {
            names.add(name.substring(0, name.lastIndexOf('.')) + ".*");
        } else if (!name.startsWith("jdk.") && !name.startsWith("sun.")) {
            names.add(name);
        }
    }

    @Test
    void what_is_typed_all_day_loads_nothing_new() throws IOException {
        List<String> failures = new ArrayList<>();
        for (Map.Entry<String, List<List<String>>> verb : calls().entrySet()) {
            TreeSet<String> names = new TreeSet<>();
            for (List<String> call : verb.getValue()) {
                for (String loaded : loaded(call, "-Xshare:off")) { // a JDK 25 loads all that is in an archive
                    add(names, loaded);
                    assertTrue(NEVER.stream().noneMatch(name -> loaded.startsWith(name + " ") || loaded.startsWith(name + "$")), call + " loads " + loaded);
                }
            }
            Path golden = GOLDEN.resolve("loaded-" + verb.getKey() + ".txt");
            TreeSet<String> known = new TreeSet<>(Files.exists(golden) ? Files.readAllLines(golden) : List.of());
            TreeSet<String> fresh = new TreeSet<>(names);
            fresh.removeAll(known);
            if (!fresh.isEmpty()) {
                known.addAll(names);
                Path wanted = Files.write(Files.createTempFile("bgjob-loaded-", ".txt"), known);
                failures.add("bgjob " + verb.getKey() + " loads what it did not load before: " + fresh + ". Each class costs every call up to a tenth of a"
                        + " millisecond, a lambda or a new part of the JDK some milliseconds; docs/decisions/0006-lean-hot-path.md says what to write"
                        + " instead. Where it is worth that: cp " + wanted + " " + golden);
            }
        }
        assertEquals(List.of(), failures);
    }

    /** Makes the archives of the present build for the Java that ./bgjob takes, or waits for whoever does. */
    private void train() throws Exception {
        String text = """
                set -u
                bgjob_launch=$0/lib/launch bgjob_builds=$0/.build bgjob_java_chosen='' bgjob_javas_spare=''
                . "$bgjob_launch/start.sh"
                bgjob_find_java
                read -r app <"$bgjob_builds/current"
                name=$bgjob_builds/$app/$bgjob_java_vendor-$bgjob_java_version
                until [ -e "$name-hot.jsa" ]; do
                  sh "$bgjob_launch/train.sh" "$bgjob_java_home" "$bgjob_builds/$app" "$name"
                  [ ! -e "$name-hot.jsa.failed" ] || { echo "no archive could be made"; exit 1; }
                  [ -e "$name-hot.jsa" ] || sleep 0.2
                done
                """;
        ProcessBuilder trainer = new ProcessBuilder("/bin/sh", "-c", text, JobHome.CHECKOUT.toString()).redirectErrorStream(true);
        trainer.environment().putAll(home.environment());
        Process process = trainer.redirectOutput(home.root().resolve("trainer").toFile()).start();
        if (!process.waitFor(100, TimeUnit.SECONDS)) {
            process.destroy();
            fail("the training takes longer than 100 s");
        }
        assertEquals(0, process.exitValue(), Files.readString(home.root().resolve("trainer")));
    }

    @Test
    void the_archive_holds_all_that_they_load() throws Exception {
        train();
        List<String> failures = new ArrayList<>();
        for (List<List<String>> verb : calls().values()) {
            for (List<String> call : verb) {
                for (String loaded : loaded(call, "")) {
                    if (!loaded.contains("shared objects file") && SPUN.stream().noneMatch(loaded::startsWith)) {
                        failures.add(call + " loads " + loaded);
                    }
                }
            }
        }
        assertEquals(List.of(), failures, "this should be in the archive; have lib/bgjob/Training.java do what needs it, or do without a lambda of the JDK's");
    }
}
