package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import models.GenerateModels;
import models.ModelGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Holds the generated models to the annotations, which are their only source. */
class ModelsTest {
    private static final List<List<String>> CALLS = List.of(List.of(), List.of("a"), List.of("a", "b", "c"), List.of("--json", "a"),
            List.of("--dir", "x y", "a"), List.of("--dir=x", "a"), List.of("-n", "5", "a"), List.of("-n", "five", "a"), List.of("-n"),
            List.of("--state", "failed,lost", "--state", "paused", "a"), List.of("--env", "A=1", "--env", "B=2", "a"), List.of("--nope", "a"),
            List.of("--grace", "3s", "--signal", "INT", "--reason", "why not", "a"), List.of("--timeout", "1m", "--any", "a"), List.of("-fh"),
            List.of("a", "--file", "meta"), List.of("--sh", "a | b", "--login", "--wait", "-f", "--cwd", "/", "a"), List.of("-q", "--running"),
            List.of("--since", "2d", "--all"), List.of("--grep", "x", "--since", "12", "a"), List.of("--json=maybe", "a"));

    static Stream<String> verbs() {
        return GenerateModels.VERBS.stream();
    }

    private static Call make(String verb) throws ReflectiveOperationException {
        return (Call) ModelGenerator.make(Class.forName("bgjob.cli." + verb));
    }

    @Test
    void the_models_are_what_the_generator_writes_now() throws Exception {
        Path file = Checkout.root().resolve("lib/bgjob/cli/Models.java");
        assertEquals(ModelGenerator.generate(GenerateModels.VERBS), Files.readString(file),
                "an option has changed; run ./jbang tests/models/GenerateModels.java");
    }

    @Test
    void every_verb_has_a_model() throws Exception {
        assertEquals(Cli.VERBS.size(), GenerateModels.VERBS.size());
        for (String verb : GenerateModels.VERBS) {
            assertTrue(Cli.VERBS.contains(Models.of(make(verb)).name()), verb);
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void help_is_the_same(String verb) throws Exception {
        assertEquals(usage(new CommandLine(make(verb))), usage(new CommandLine(Models.of(make(verb)))));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void every_call_is_read_the_same(String verb) throws Exception {
        for (List<String> call : CALLS) {
            Call annotated = make(verb);
            Call modelled = make(verb);
            String expected = parse(new CommandLine(annotated), call, annotated);
            assertEquals(expected, parse(new CommandLine(Models.of(modelled)), call, modelled), verb + " " + call);
        }
    }

    /** What reading a call comes to: the fields it leaves, or the complaint. */
    private static String parse(CommandLine line, List<String> call, Call verb) throws IllegalAccessException {
        line.setExpandAtFiles(false);
        try {
            ParseResult result = line.parseArgs(call.toArray(new String[0]));
            return fields(verb) + " help=" + result.isUsageHelpRequested();
        } catch (ParameterException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static String fields(Object verb) throws IllegalAccessException {
        TreeMap<String, Object> values = new TreeMap<>();
        for (Class<?> type = verb.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getAnnotations().length > 0) {
                    field.setAccessible(true);
                    boolean mixin = field.isAnnotationPresent(CommandLine.Mixin.class);
                    values.put(field.getName(), mixin ? fields(field.get(verb)) : String.valueOf(field.get(verb)));
                }
            }
        }
        return values.toString();
    }

    private static String usage(CommandLine line) {
        StringWriter text = new StringWriter();
        line.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        return text.toString();
    }
}
