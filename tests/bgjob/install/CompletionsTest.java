package bgjob.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Tool;
import docs.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import models.CompletionGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion scripts against the verbs' options, and the room's shell files against shellcheck. */
class CompletionsTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void the_tables_are_what_the_generator_writes_now(String shell) throws Exception {
        Path script = CompletionGenerator.script(Checkout.root(), shell);
        assertEquals(CompletionGenerator.renewed(Checkout.root(), shell), Files.readString(script),
                "an option has changed; run ./jbang tests/models/GenerateCompletions.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void every_verb_is_in_them_and_their_mark(String shell) {
        String script = Completions.script(shell);
        for (String verb : Checkout.verbs()) {
            assertTrue(script.contains(verb), verb);
        }
        assertTrue(script.contains(Places.MARK));
    }

    @Test
    void shellcheck_finds_nothing() throws Exception {
        String shellcheck = Tool.need("shellcheck");
        String data = "/home/you/.local/share/bgjob";
        Path command = Files.writeString(dir.resolve("command"), Parts.script("command.sh", "DATA", data));
        Path alias = Files.writeString(dir.resolve("alias"), Parts.script("alias.sh", "DATA", data, "COMMAND", "/home/you/bin/bgjob", "VERB", "run"));
        Path current = Files.writeString(dir.resolve("current"), Parts.script("current.sh", "APP", data + "/app-1-1", "CLASS_PATH", "a:b", "JAVA", "/j",
                "SPARE", ""));
        Path names = Checkout.root().resolve("tests/models/names.sh");
        assertEquals("", said(shellcheck, "--shell=sh", "--exclude=SC2034,SC2195,SC2194", command.toString(), alias.toString(), current.toString(),
                names.toString()));
        Path bash = CompletionGenerator.script(Checkout.root(), "bash");
        assertEquals("", said(shellcheck, "--shell=bash", "--exclude=SC2034,SC2016", bash.toString()));
    }

    private static String said(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }
}
