package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bgjob.house.CheckoutCopy.Outcome;
import bgjob.house.CheckoutCopy.Running;
import bgjob.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ./bgjob builds when it must, and only then. */
class LauncherBuildTest extends LaunchCase {

    @ParameterizedTest
    @ValueSource(strings = {"with flock", "without flock"})
    void first_runs_at_once_all_succeed_with_one_build(String kind) throws IOException {
        CheckoutCopy.remove(checkout.folder.resolve(".build"));
        List<Running> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ProcessBuilder command = checkout.command("bgjob", "word");
            if (kind.startsWith("without")) {
                command.environment().put("PATH", checkout.pathWithout("flock"));
            }
            runs.add(CheckoutCopy.start(command));
        }
        List<Outcome> outcomes = runs.stream().map(CheckoutCopy::finish).toList();
        outcomes.forEach(outcome -> outcome.succeeded().said("first"));
        assertEquals(1, outcomes.stream().filter(Outcome::built).count());
        assertEquals(1, checkout.builds().size());
    }

    @Test
    void an_unchanged_checkout_is_not_built_again() {
        checkout.bgjob("word").succeeded().quietly();
        checkout.writeWord("first");
        checkout.bgjob("word").succeeded().quietly();
    }

    @Test
    void once_built_no_other_program_is_started() {
        ProcessBuilder command = checkout.command("bgjob", "word");
        command.environment().put("PATH", "/nonexistent");
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        CheckoutCopy.run(command).succeeded().quietly().said("first");
    }

    @Test
    void a_changed_source_is_built() {
        checkout.writeWord("second");
        Outcome outcome = checkout.bgjob("word").succeeded().said("second");
        assertTrue(outcome.built(), outcome::toString);
    }

    @Test
    void a_source_in_utf_8_is_built_in_any_locale() {
        checkout.writeWord("é");
        ProcessBuilder command = checkout.command("bgjob", "word");
        command.environment().put("LC_ALL", "C");
        CheckoutCopy.run(command).succeeded().said("é");
    }

    @Test
    void a_resource_with_another_name_is_built() throws IOException {
        Path script = checkout.folder.resolve("lib/bgjob/script");
        Files.move(script.resolve("job.sh"), script.resolve("task.sh"));
        try {
            checkout.bgjob("resource", "task.sh").succeeded().said("true");
            checkout.bgjob("resource", "job.sh").succeeded().said("false").quietly();
        } finally {
            Files.move(script.resolve("task.sh"), script.resolve("job.sh"));
        }
    }

    @Test
    void an_added_source_is_built_and_then_a_removed_one() throws IOException {
        checkout.write("lib/bgjob/echo/deep/Added.java", "package bgjob.echo.deep; class Added { }");
        Outcome added = checkout.bgjob("resource", "bgjob/echo/deep/Added.class").succeeded().said("true");
        assertTrue(added.built(), added::toString);
        Files.delete(checkout.folder.resolve("lib/bgjob/echo/deep/Added.java"));
        checkout.bgjob("resource", "bgjob/echo/deep/Added.class").succeeded().said("false");
    }

    @Test
    void a_source_saved_during_the_build_is_built_next_time() throws IOException {
        Path jbang = checkout.folder.resolve("jbang");
        Path real = Files.move(jbang, checkout.folder.resolve("jbang.real"));
        try {
            CheckoutCopy.script(jbang, """
                    "$(dirname "$0")/jbang.real" "$@" || exit
                    sed 's/"second"/"third"/' "$(dirname "$0")/lib/bgjob/echo/Word.java" >"$0.saved"
                    cat "$0.saved" >"$(dirname "$0")/lib/bgjob/echo/Word.java"
                    """);
            checkout.writeWord("second");
            checkout.bgjob("word").succeeded();
        } finally {
            Files.move(real, jbang, StandardCopyOption.REPLACE_EXISTING);
        }
        checkout.bgjob("word").succeeded().said("third");
    }

    @Test
    void a_compile_error_is_shown_and_the_old_build_not_used() {
        checkout.write("lib/bgjob/echo/Word.java", "package bgjob.echo; public class Word { oops }");
        for (int i = 0; i < 2; i++) {
            Outcome outcome = checkout.bgjob("word").failed(1).said("");
            assertTrue(outcome.err().contains("Word.java:1: error: <identifier> expected"), outcome::toString);
            assertTrue(outcome.err().contains("bgjob: could not build"), outcome::toString);
        }
    }

    @Test
    void a_build_that_was_ended_leaves_nothing_half_made() throws IOException {
        Path jbang = checkout.folder.resolve("jbang");
        Path real = Files.move(jbang, checkout.folder.resolve("jbang.real"));
        Path begun = scratch.resolve("begun");
        try {
            CheckoutCopy.script(jbang, ": >'" + begun + "'; exec sleep 60\n");
            checkout.writeWord("second");
            Running run = CheckoutCopy.start(checkout.command("bgjob", "word"));
            Await.until("the build has begun", () -> Files.exists(begun));
            run.process().descendants().filter(process -> process.info().commandLine().orElse("").contains("build.sh"))
                    .forEach(ProcessHandle::destroy);
            assertNotEquals(0, CheckoutCopy.finish(run).exit());
        } finally {
            Files.move(real, jbang, StandardCopyOption.REPLACE_EXISTING);
        }
        assertEquals(List.of(), CheckoutCopy.list(checkout.folder.resolve(".build"), "work."));
        checkout.bgjob("word").succeeded().said("second");
    }

    @Test
    void a_path_with_a_colon_is_built_in_the_cache() throws IOException {
        CheckoutCopy colon = new CheckoutCopy(Files.createDirectory(scratch.resolve("other")), "a:b");
        ProcessBuilder command = colon.command("bgjob", "word");
        command.environment().put("JBANG_DIR", checkout.home.resolve(".jbang").toString());
        CheckoutCopy.run(command).succeeded().said("first");
        CheckoutCopy.run(command).succeeded().said("first").quietly();
        assertFalse(Files.exists(colon.folder.resolve(".build")));
        assertTrue(Files.exists(colon.home.resolve(".cache/bgjob/checkouts" + scratch + "/other/a%3Ab/current")));
    }

    @Test
    void a_build_by_a_newer_java_runs_on_an_older_one() throws IOException {
        List<Path> jdks = jdks();
        assumeTrue(jdks.size() > 1, "only one JDK here");
        CheckoutCopy.remove(checkout.folder.resolve(".build"));
        for (Path java : jdks) {
            ProcessBuilder command = on(java, "property", "java.home");
            command.environment().put("JAVA_HOME", "/nonexistent");
            assertEquals(java.toRealPath(), Path.of(CheckoutCopy.run(command).succeeded().out()).toRealPath());
        }
    }

    @Test
    void a_trained_archive_is_used_and_a_damaged_one_is_not_talked_about() throws IOException {
        Path java = Stream.concat(jdks().stream(), Stream.of(Path.of(System.getProperty("java.home")))).findFirst().orElseThrow();
        ProcessBuilder training = on(java, "word");
        training.environment().remove("BGJOB_TRAIN");
        CheckoutCopy.run(training).succeeded().quietly();
        Path build = checkout.builds().stream().max(Path::compareTo).orElseThrow();
        Await.until("there is an archive", () -> CheckoutCopy.list(build, "").stream().anyMatch(file -> file.toString().endsWith(".jsa")));
        Outcome vm = CheckoutCopy.run(on(java, "jvm")).quietly();
        assertTrue(vm.out().contains("sharing"), vm::toString);

        Path archive = Path.of(CheckoutCopy.run(on(java, "property", "bgjob.archive")).out());
        archive.toFile().setWritable(true);
        Files.writeString(archive, "damaged");
        CheckoutCopy.run(on(java, "word")).succeeded().quietly().said("first");
        Files.delete(archive);
    }

    @Test
    void a_source_with_a_time_in_the_future_is_named_and_not_built_each_time() throws IOException {
        Path word = checkout.folder.resolve("lib/bgjob/echo/Word.java");
        Files.setLastModifiedTime(word, FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));
        checkout.bgjob("word").succeeded().said("first").complained("Word.java lies in the future");
        Files.delete(word);
    }

    private ProcessBuilder on(Path java, String... args) {
        ProcessBuilder command = checkout.command("bgjob", args);
        command.environment().put("BGJOB_JAVA_HOME", java.toString());
        return command;
    }

    /** The JDKs of this machine, the newest first. */
    private static List<Path> jdks() {
        return CheckoutCopy.list(Path.of("/usr/lib/jvm"), "").stream()
                .filter(java -> Files.isExecutable(java.resolve("bin/javac")) && Files.exists(java.resolve("release")))
                .sorted(Comparator.comparing(LauncherBuildTest::version).reversed()).toList();
    }

    private static Runtime.Version version(Path java) {
        try (Stream<String> facts = Files.lines(java.resolve("release"))) {
            return facts.filter(fact -> fact.startsWith("JAVA_VERSION=")).map(fact -> Runtime.Version.parse(fact.split("\"")[1])).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
