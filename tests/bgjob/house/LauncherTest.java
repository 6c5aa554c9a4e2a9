package bgjob.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ./bgjob becomes java with everything as the caller gave it. */
class LauncherTest extends LaunchCase {

    @Test
    void arguments_arrive_exactly_under_every_shell() {
        String[] words = {"", "@x", "*", "-n", "a  b", "two\nlines", "q'q\"", "\\n", "$HOME", "é€", "--"};
        String expected = String.join("", Arrays.stream(words).map(word -> word.length() + "[" + word + "]").toList());
        for (List<String> shell : shells()) {
            List<String> command = new ArrayList<>(shell);
            command.add(checkout.folder.resolve("bgjob").toString());
            command.addAll(Arrays.asList(words));
            CheckoutCopy.run(checkout.prepare(new ProcessBuilder(command))).succeeded().said(expected).quietly();
        }
    }

    /** Those that are here. */
    private static List<List<String>> shells() {
        return Stream.of("sh", "dash", "bash", "busybox sh", "ksh", "mksh", "zsh", "yash").map(shell -> List.of(shell.split(" ")))
                .filter(shell -> Stream.of(System.getenv("PATH").split(":")).anyMatch(entry -> Files.exists(Path.of(entry, shell.get(0))))).toList();
    }

    @Test
    void a_standard_input_that_is_closed_is_an_empty_one_and_an_open_one_stays_under_every_shell() throws IOException {
        Path input = Files.writeString(scratch.resolve("input"), "x");
        for (List<String> shell : shells()) {
            for (String from : List.of("<&-", "<'" + input + "'")) {
                List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + from, "sh"));
                command.addAll(shell);
                command.addAll(List.of(checkout.folder.resolve("bgjob").toString(), "input"));
                CheckoutCopy.run(checkout.prepare(new ProcessBuilder(command))).succeeded().said(from.equals("<&-") ? "-1" : "120").quietly();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_YY.UTF-8", ""})
    void arguments_arrive_exactly_in_any_locale(String locale) {
        ProcessBuilder command = checkout.command("bgjob", "é");
        command.environment().put("LC_ALL", locale);
        CheckoutCopy.run(command).succeeded().said("1[é]").quietly();
    }

    @Test
    void the_callers_locale_is_kept_for_the_jobs() {
        ProcessBuilder set = checkout.command("bgjob", "env", "BGJOB_SAVED_LC_ALL");
        set.environment().put("LC_ALL", "C");
        CheckoutCopy.run(set).succeeded().said("C");
        ProcessBuilder unset = checkout.command("bgjob", "env", "BGJOB_UNSET_LC_ALL");
        unset.environment().remove("LC_ALL");
        CheckoutCopy.run(unset).succeeded().said("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void options_for_other_javas_are_kept_quiet_and_kept_for_the_jobs(String name) {
        for (String shown : List.of(name, "BGJOB_SAVED_" + name)) {
            ProcessBuilder command = checkout.command("bgjob", "env", shown);
            command.environment().put(name, "-XX:+UseParallelGC");
            CheckoutCopy.run(command).succeeded().quietly().said(shown.equals(name) ? "null" : "-XX:+UseParallelGC");
        }
    }

    @Test
    void variables_of_the_caller_are_left_alone() {
        for (String name : List.of("home", "app", "java_home", "key", "version")) {
            ProcessBuilder command = checkout.command("bgjob", "env", name);
            command.environment().put(name, "mine");
            CheckoutCopy.run(command).succeeded().said("mine");
        }
    }

    @Test
    void links_to_it_are_followed_and_it_knows_its_checkout() throws IOException {
        Path first = Files.createSymbolicLink(scratch.resolve("first-link"), checkout.folder.resolve("bgjob"));
        Path second = Files.createSymbolicLink(scratch.resolve("second-link"), Path.of("first-link"));
        try {
            CheckoutCopy.run(checkout.prepare(new ProcessBuilder(second.toString(), "property", "bgjob.home")))
                    .succeeded().said(checkout.folder.toString());
            CheckoutCopy.run(checkout.prepare(new ProcessBuilder("./second-link", "property", "bgjob.launcher")).directory(scratch.toFile()))
                    .succeeded().said(second.toString());
            CheckoutCopy.run(checkout.prepare(new ProcessBuilder("sh", "bgjob", "property", "bgjob.home")).directory(checkout.folder.toFile()))
                    .succeeded().said(checkout.folder.toString());
        } finally {
            Files.delete(second);
            Files.delete(first);
        }
    }

    @Test
    void the_exit_status_is_the_programs_own() {
        checkout.bgjob("exit", "255").failed(255).quietly();
    }

    @Test
    void it_builds_and_runs_without_a_home() throws IOException {
        checkout.writeWord("second");
        ProcessBuilder command = checkout.command("bgjob", "word");
        command.environment().remove("HOME");
        CheckoutCopy.run(command).succeeded().said("second");
    }

    @Test
    void an_old_java_is_refused() throws IOException {
        Path java = scratch.resolve("java-11");
        CheckoutCopy.script(java.resolve("bin/java"), "echo started\n");
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"Old\"\nJAVA_VERSION=\"11.0.2\"\n");
        ProcessBuilder command = checkout.command("bgjob", "word");
        command.environment().put("JAVA_HOME", java.toString());
        CheckoutCopy.run(command).failed(1).said("").complained("needs Java 17 or later, but JAVA_HOME (" + java + ") is Java 11.0.2");
    }

    @Test
    void without_java_it_says_what_to_install() {
        ProcessBuilder command = checkout.command("bgjob", "word");
        command.environment().put("PATH", checkout.pathWithout("java"));
        CheckoutCopy.run(command).failed(1).said("").complained("there is no java on PATH; install a JDK");
    }

    @Test
    void the_java_on_path_is_looked_up_again_when_it_has_changed() throws IOException {
        Path bin = Files.createDirectory(scratch.resolve("bin"));
        Path old = scratch.resolve("java-12");
        CheckoutCopy.script(old.resolve("bin/java"), "echo started\n");
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"12\"\n");
        ProcessBuilder command = checkout.command("bgjob", "word");
        command.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        Files.createSymbolicLink(bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin/java"));
        CheckoutCopy.run(command).succeeded().said("first");
        Files.delete(bin.resolve("java"));
        Files.createSymbolicLink(bin.resolve("java"), old.resolve("bin/java"));
        CheckoutCopy.run(command).failed(1).complained("is Java 12");
    }
}
