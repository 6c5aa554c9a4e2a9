package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** House rules that a compiler does not know. */
class StyleTest {
    private static final int LONGEST_FILE = 300;

    private final Path checkout = LayersTest.checkout();

    private List<Path> production() throws IOException {
        List<Path> files = new ArrayList<>(LayersTest.files(checkout.resolve("lib"), ".java"));
        files.add(checkout.resolve("bgjob.java"));
        return files;
    }

    private List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>(production());
        files.addAll(LayersTest.files(checkout.resolve("tests"), ".java"));
        files.addAll(LayersTest.files(checkout.resolve("lib"), ".sh"));
        return files;
    }

    /** Every line with a match, as file:line. */
    private List<String> found(List<Path> files, String regex, boolean codeOnly) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            String text = Files.readString(file);
            String[] lines = (codeOnly ? LayersTest.code(text) : text).split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                if (pattern.matcher(lines[i]).find()) {
                    found.add(checkout.relativize(file) + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    @Test
    void nothing_ends_the_program_but_the_front_door() throws Exception {
        assertEquals(List.of(), found(production(), "System\\.exit\\b", true));
        List<String> halts = found(production(), "\\.halt\\(", true);
        assertTrue(halts.stream().allMatch(place -> place.startsWith("bgjob.java:")), halts.toString());
    }

    @Test
    void only_the_terminal_prints() throws Exception {
        assertEquals(List.of(), found(production(), "System\\.(out|err)\\b|\\.printStackTrace\\(\\)", true));
        List<String> descriptors = found(production(), "FileDescriptor\\.(out|err)\\b", true);
        assertTrue(descriptors.stream().allMatch(place -> place.startsWith("lib/bgjob/cli/Terminal.java:")), descriptors.toString());
    }

    @Test
    void nothing_is_left_to_be_done() throws Exception {
        assertEquals(List.of(), found(sources(), "\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b", false));
    }

    @Test
    void imports_name_what_they_import() throws Exception {
        assertEquals(List.of(), found(sources(), "^import [^;]*\\*;", false));
    }

    @Test
    void no_file_is_a_giant() throws Exception {
        List<String> giants = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                giants.add(checkout.relativize(file) + ", " + lines + " lines");
            }
        }
        assertEquals(List.of(), giants);
    }

    @Test
    void every_public_type_says_what_it_is() throws Exception {
        Pattern type = Pattern.compile("^public (?:final |abstract |sealed )*(?:class|interface|enum|record) ", Pattern.MULTILINE);
        List<String> silent = new ArrayList<>();
        for (Path file : production()) {
            String text = Files.readString(file);
            Matcher matcher = type.matcher(text);
            if (matcher.find()) {
                String before = text.substring(0, matcher.start()).replaceAll("(?m)^@\\w+(\\((?:[^()]|\\([^()]*\\))*\\))?\\s*", "").stripTrailing();
                if (!before.endsWith("*/") || before.lastIndexOf("/*") != before.lastIndexOf("/**")) {
                    silent.add(checkout.relativize(file).toString());
                }
            }
        }
        assertEquals(List.of(), silent);
    }

    @Test
    void no_registry_of_somebodys_own_is_named() throws Exception {
        List<Path> files = new ArrayList<>(sources());
        for (String name : new String[] {"bgjob", "jbang", ".ci/run", "tests/setup", "jbang-catalog.json"}) {
            if (Files.exists(checkout.resolve(name))) {
                files.add(checkout.resolve(name));
            }
        }
        String hosts = "(?i)\\b(repo1?|registry|artifactory|nexus|mirror|proxy)\\.[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(org|com|io|net|dev|internal|local)\\b"
                + "|\\bpy" + "pi\\.[a-z]|//REP" + "OS\\b";
        assertEquals(List.of(), found(files, hosts, false));
    }

    @Test
    void text_files_end_in_one_newline_and_hold_no_tabs_or_trailing_blanks() throws Exception {
        List<String> wrong = new ArrayList<>(found(sources(), "\\t|[ \\r]$", false));
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (!text.endsWith("\n") || text.endsWith("\n\n")) {
                wrong.add(checkout.relativize(file).toString());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void a_test_waits_for_conditions_and_does_not_sleep() throws Exception {
        List<Path> tests = LayersTest.files(checkout.resolve("tests/bgjob"), "Test.java");
        if (Files.isDirectory(checkout.resolve("tests/e2e"))) {
            tests = Stream.concat(tests.stream(), LayersTest.files(checkout.resolve("tests/e2e"), "Test.java").stream()).toList();
        }
        assertEquals(List.of(), found(tests, "\\bThread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(", true));
    }
}
