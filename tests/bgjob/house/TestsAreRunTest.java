package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A test that never runs is worse than none: everything that looks like a test is one, where the runner finds it. */
class TestsAreRunTest {
    /** A method with a sentence for a name, and what stands between the end of the code before it and its name. */
    private static final Pattern SENTENCE = Pattern.compile("(?<=[;{}])([^;{}]*)\\b(\\w+) ([a-z0-9]+(?:_[a-z0-9]+)+)\\(([^)]*)\\)[^;{}]*\\{");
    private static final Pattern OWN_ANNOTATION = Pattern.compile("((?:@\\w+\\s+)+)@interface (\\w+)");
    private static final Pattern AROUND = Pattern.compile("@(Before|After)(Each|All)\\b");
    private static final Set<String> JUPITERS = Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

    private static List<Path> tests() throws Exception {
        return LayersTest.files(LayersTest.checkout().resolve("tests"), ".java");
    }

    /** The code without annotations' arguments, whose braces would end a method's head. */
    private static String code(Path file) throws Exception {
        return LayersTest.code(Files.readString(file)).replaceAll("(@\\w+)\\((?:[^()]|\\([^()]*\\))*\\)", "$1");
    }

    private static Pattern annotation(Set<String> names) {
        return Pattern.compile("@(" + String.join("|", names) + ")\\b");
    }

    /** What makes a method a test: Jupiter's annotations and our own that carry one of them. */
    private static Pattern test() throws Exception {
        Set<String> names = new TreeSet<>(JUPITERS);
        for (Path file : tests()) {
            Matcher own = OWN_ANNOTATION.matcher(code(file));
            while (own.find()) {
                if (annotation(JUPITERS).matcher(own.group(1)).find()) {
                    names.add(own.group(2));
                }
            }
        }
        return annotation(names);
    }

    private static List<String> unmarked(String code, Pattern test) {
        List<String> unmarked = new ArrayList<>();
        Matcher sentence = SENTENCE.matcher(code);
        while (sentence.find()) {
            if (!test.matcher(sentence.group(1)).find() && !AROUND.matcher(sentence.group(1)).find()) {
                unmarked.add(sentence.group(3));
            }
        }
        return unmarked;
    }

    @Test
    void every_method_with_a_sentence_for_a_name_is_a_test() throws Exception {
        Pattern test = test();
        List<String> wrong = new ArrayList<>();
        int sentences = 0;
        for (Path file : tests()) {
            String code = code(file);
            sentences += (int) SENTENCE.matcher(code).results().count();
            unmarked(code, test).forEach(name -> wrong.add(file.getFileName() + ": " + name));
        }
        assertEquals(List.of(), wrong);
        assertTrue(sentences > 100, "only " + sentences + " tests were found");
    }

    @Test
    void the_check_itself_sees_a_forgotten_annotation() {
        Pattern test = annotation(JUPITERS);

        assertEquals(List.of("it_is_forgotten"), unmarked("class A { @Test void it_is_there() { x(); } void it_is_forgotten() { } }", test));
        assertEquals(List.of(), unmarked("class A { @ParameterizedTest @ValueSource void it_is_there(int n) throws E { a_call(); } }", test));
    }

    @Test
    void a_test_is_neither_private_nor_static_and_gives_nothing_back() throws Exception {
        Pattern test = test();
        for (Path file : tests()) {
            Matcher sentence = SENTENCE.matcher(code(file));
            while (sentence.find()) {
                String head = sentence.group(1);
                if (test.matcher(head).find()) {
                    boolean fine = !head.contains("private") && !head.contains("static")
                            && (head.contains("@TestFactory") || sentence.group(2).equals("void"));

                    assertTrue(fine, file.getFileName() + ": " + sentence.group(3));
                }
            }
        }
    }

    @Test
    void every_class_with_tests_has_the_name_that_the_runner_looks_for() throws Exception {
        Pattern test = test();
        for (Path file : tests()) {
            boolean tests = test.matcher(code(file)).find();
            boolean named = file.getFileName().toString().endsWith("Test.java");

            assertEquals(named, tests, file + (named ? " has no tests" : " has tests that are never run"));
        }
    }

    @Test
    void every_class_within_a_test_class_that_has_tests_is_nested() throws Exception {
        Pattern inner = Pattern.compile("(?<=[;{}])([^;{}]*)\\bclass (\\w+)[^;{}]*\\{(?:[^{}]*;)?\\s*" + test().pattern());
        for (Path file : tests()) {
            Matcher type = inner.matcher(code(file));
            while (type.find()) {
                boolean outer = file.getFileName().toString().equals(type.group(2) + ".java");

                assertTrue(outer || type.group(1).contains("@Nested"), file.getFileName() + ": " + type.group(2));
            }
        }
    }

    @Test
    void no_test_is_switched_off() throws Exception {
        for (Path file : tests()) {
            assertFalse(code(file).contains("@Disabled"), file.toString());
        }
    }
}
