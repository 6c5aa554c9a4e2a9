package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.house.CheckoutCopy.Outcome;
import bgjob.house.CheckoutCopy.Running;
import bgjob.support.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ./jbang finds or fetches JBang, whatever else goes on, and leaves nothing half-made. */
class BootstrapTest {

    private static final String VERSION = "0.132.1\n";

    private static Path scratch;
    private static CheckoutCopy checkout;

    @BeforeAll
    static void copy_the_checkout() throws IOException {
        scratch = Files.createTempDirectory("bgjob-bootstrap").toRealPath();
        checkout = new CheckoutCopy(scratch);
    }

    @AfterAll
    static void remove_the_copy() throws IOException {
        CheckoutCopy.remove(scratch);
    }

    // ---- fetching

    @ParameterizedTest
    @ValueSource(strings = {"with flock", "without flock"})
    void first_runs_at_once_all_succeed_with_one_fetch(String kind) {
        Path store = scratch.resolve("jbang " + kind);
        List<Running> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ProcessBuilder command = jbang(store, "version");
            if (kind.startsWith("without")) {
                command.environment().put("PATH", checkout.pathWithout("flock"));
            }
            runs.add(CheckoutCopy.start(command));
        }
        List<Outcome> outcomes = runs.stream().map(CheckoutCopy::finish).toList();
        outcomes.forEach(outcome -> outcome.succeeded().said(VERSION));
        assertEquals(1, outcomes.stream().filter(outcome -> outcome.err().contains("fetching")).count());
        assertEquals(1, CheckoutCopy.list(store.resolve("bgjob"), "jars-").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void a_fetch_that_was_ended_is_made_again(String signal) throws IOException {
        Path store = scratch.resolve("ended by " + signal);
        Path begun = scratch.resolve("begun " + signal);
        Path bin = scratch.resolve("blocking maven " + signal);
        CheckoutCopy.script(bin.resolve("mvn"), ": >'" + begun + "'; exec sleep 60\n");
        Running run = CheckoutCopy.start(withFirst(bin, jbang(store, "version")));
        Await.until("the fetch has begun", () -> Files.exists(begun));
        List<ProcessHandle> maven = run.process().descendants().toList();
        if (signal.equals("KILL")) {
            run.process().destroyForcibly();
            maven.forEach(ProcessHandle::destroyForcibly);
        } else {
            run.process().destroy();
        }
        CheckoutCopy.finish(run).failed(signal.equals("KILL") ? 137 : 143).said("");
        Await.until("Maven has ended", () -> maven.stream().noneMatch(ProcessHandle::isAlive));
        if (signal.equals("TERM")) {
            assertEquals(List.of(), CheckoutCopy.list(store.resolve("bgjob"), "fetch."));
        }

        CheckoutCopy.run(jbang(store, "version")).succeeded().said(VERSION);
        assertEquals(List.of(), CheckoutCopy.list(store.resolve("bgjob"), "fetch."));
    }

    @Test
    void the_installer_comes_first() throws IOException {
        Path jar = installedJar(scratch.resolve("stand-in.jar"));
        Path installer = Files.writeString(scratch.resolve("installer"),
                "mkdir -p \"$JBANG_DIR/bin\"; cp '" + jar + "' \"$JBANG_DIR/bin/jbang.jar\"\n");
        Path store = scratch.resolve("installed");
        ProcessBuilder command = jbang(store, "version");
        command.environment().put("BGJOB_JBANG_INSTALLER", "file://" + installer);
        CheckoutCopy.run(command).succeeded().said("stand-in\n");
        CheckoutCopy.run(jbang(store, "version")).succeeded().said("stand-in\n").quietly();
    }

    @Test
    void an_installer_that_fails_leads_to_maven() throws IOException {
        Path installer = Files.writeString(scratch.resolve("failing-installer"),
                "mkdir -p \"$JBANG_DIR/bin\"; echo half >\"$JBANG_DIR/bin/jbang.jar\"; exit 1\n");
        ProcessBuilder command = jbang(scratch.resolve("not installed"), "version");
        command.environment().put("BGJOB_JBANG_INSTALLER", "file://" + installer);
        CheckoutCopy.run(command).succeeded().said(VERSION);
    }

    @Test
    void nothing_but_its_own_folder_is_written() {
        checkout.jbang("version").succeeded();
        assertEquals(List.of(".jbang"), CheckoutCopy.list(checkout.home, "").stream().map(file -> file.getFileName().toString()).toList());
    }

    // ---- complaints

    @Test
    void without_a_jdk_it_says_so() {
        ProcessBuilder command = jbang(scratch.resolve("empty"), "version");
        command.environment().put("PATH", checkout.pathWithout("javac"));
        CheckoutCopy.run(command).failed(1).said("").complained("needs a JDK 17 or later, but there is no javac on PATH; install one");
    }

    @Test
    void without_maven_it_says_so() {
        ProcessBuilder command = jbang(scratch.resolve("empty"), "version");
        command.environment().put("PATH", checkout.pathWithout("mvn"));
        CheckoutCopy.run(command).failed(1).said("").complained("there is no Maven (mvn) to fetch it with; install JBang or Maven");
    }

    @Test
    void without_a_network_it_says_so() throws IOException {
        Path bin = scratch.resolve("offline maven");
        CheckoutCopy.script(bin.resolve("mvn"), "echo '[ERROR] Plugin x could not be resolved: (https://there): no such host -> [Help 1]'; exit 1\n");
        CheckoutCopy.run(withFirst(bin, jbang(scratch.resolve("empty"), "version"))).failed(1).said("")
                .complained("connect to a network once, or install JBang, then try again. Maven said: no such host");
        assertEquals(List.of(), CheckoutCopy.list(scratch.resolve("empty/bgjob"), "fetch."));
    }

    @Test
    void without_a_place_to_keep_jbang_it_says_so() {
        ProcessBuilder command = checkout.command("jbang", "version");
        command.environment().remove("HOME");
        CheckoutCopy.run(command).failed(1).said("").complained("neither JBANG_DIR nor HOME is set; set one of them");
    }

    // ---- running

    @Test
    void a_jbang_on_path_is_preferred_and_itself_on_path_is_no_loop() throws IOException {
        Path bin = scratch.resolve("other jbang");
        CheckoutCopy.script(bin.resolve("jbang"), "printf '[%s]' other \"$@\"\n");
        CheckoutCopy.run(withFirst(checkout.folder, withFirst(bin, checkout.command("jbang", "a b", "")))).succeeded().said("[other][a b][]");

        Path shim = scratch.resolve("shim");
        CheckoutCopy.script(shim.resolve("jbang"), "exec \"" + checkout.folder.toString().replace("\"", "\\\"") + "/jbang\" \"$@\"\n");
        CheckoutCopy.run(withFirst(shim, checkout.command("jbang", "version"))).succeeded().said(VERSION);
    }

    @Test
    void a_script_gets_its_arguments_and_no_lock_and_its_exit_status_is_passed_on() throws IOException {
        Path script = Files.writeString(scratch.resolve("Script.java"), """
                import java.nio.file.*;
                class Script {
                    public static void main(String... args) throws Exception {
                        for (String arg : args) {
                            System.out.print("[" + arg + "]");
                        }
                        if (Files.exists(Path.of("/proc/self/fd"))) {
                            try (var open = Files.list(Path.of("/proc/self/fd"))) {
                                open.filter(Files::exists).map(file -> { try { return file.toRealPath(); } catch (java.io.IOException e) { return file; } })
                                    .filter(file -> file.endsWith("lock")).forEach(file -> System.out.print("leaked " + file));
                            }
                        }
                        System.exit(7);
                    }
                }
                """);
        checkout.jbang(script.toString(), "a b", "q'q", "$x").failed(7).said("[a b][q'q][$x]");
    }

    private static ProcessBuilder jbang(Path store, String... args) {
        ProcessBuilder command = checkout.command("jbang", args);
        command.environment().put("JBANG_DIR", store.toString());
        return command;
    }

    private static ProcessBuilder withFirst(Path bin, ProcessBuilder command) {
        command.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        return command;
    }

    /** A jar that answers in JBang's place. */
    private static Path installedJar(Path jar) throws IOException {
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        Path source = Files.writeString(scratch.resolve("Main.java"),
                "package dev.jbang; public class Main { public static void main(String... args) { System.out.println(\"stand-in\"); } }");
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, "-d", classes.toString(), source.toString());
        assertTrue(failed == 0, messages::toString);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
