package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * bgjob.java and web.java are the tables of contents: all of lib is in one of them, one file a line, and no other file tells JBang
 * anything. What the dashboard is built from is in bgjob.java as files, as an installed bgjob has nothing else.
 */
class FrontDoorTest {
    private static final String DIRECTIVE = "(?m)^//(SOURCES|DEPS|FILES|JAVA|MAIN|REPOS|JAVAC_OPTIONS|JAVA_OPTIONS|COMPILE_OPTIONS|RUNTIME_OPTIONS)\\b";

    private final Path checkout = LayersTest.checkout();
    private final List<String> lines = new ArrayList<>();
    private final List<String> web = new ArrayList<>();

    @BeforeEach
    void read() throws Exception {
        lines.addAll(Files.readAllLines(checkout.resolve("bgjob.java")));
        web.addAll(Files.readAllLines(checkout.resolve("web.java")));
    }

    private List<String> values(String directive) {
        return values(lines, directive);
    }

    private static List<String> values(List<String> door, String directive) {
        return door.stream().filter(line -> line.startsWith("//" + directive + " "))
                .map(line -> line.substring(directive.length() + 3).strip()).toList();
    }

    private List<String> inLib(String ending) throws Exception {
        return LayersTest.files(checkout.resolve("lib/bgjob"), ending).stream().map(file -> checkout.relativize(file).toString()).toList();
    }

    @Test
    void it_lists_exactly_the_sources_under_lib() throws Exception {
        List<String> listed = new ArrayList<>(values("SOURCES"));
        List<String> others = new ArrayList<>(values(web, "SOURCES"));

        assertTrue(others.remove("bgjob.java"));
        assertTrue(listed.stream().noneMatch(FrontDoorTest::ofTheDashboard), "the command line must not load it");
        assertTrue(others.stream().allMatch(FrontDoorTest::ofTheDashboard), others.toString());
        listed.addAll(others);
        assertEquals(new TreeSet<>(inLib(".java")), new TreeSet<>(listed));
        assertEquals(listed.size(), new TreeSet<>(listed).size(), "a source is listed twice");
    }

    private static boolean ofTheDashboard(String file) {
        return file.startsWith("lib/bgjob/web/") || file.equals("lib/bgjob/WebWiring.java");
    }

    @Test
    void the_command_line_carries_what_the_dashboard_is_built_from() throws Exception {
        List<String> expected = new ArrayList<>(List.of("jbang", "web.java", "lib/launch/locale.sh", "lib/launch/lock.sh"));
        inLib("").stream().filter(FrontDoorTest::ofTheDashboard).filter(file -> Files.isRegularFile(checkout.resolve(file))).forEach(expected::add);

        assertEquals(new TreeSet<>(expected.stream().map(file -> "bgjob/dashboard/" + file + "=" + file).toList()),
                new TreeSet<>(values("FILES").stream().filter(file -> file.startsWith("bgjob/dashboard/")).toList()));
        assertEquals(new TreeSet<>(expected.stream().filter(file -> file.contains("/site/")).map(file -> file.substring(4) + "=" + file).toList()),
                new TreeSet<>(values(web, "FILES")));
    }

    @Test
    void it_lists_exactly_the_resources_under_lib_at_the_places_they_are_looked_for() throws Exception {
        List<String> listed = values("FILES").stream().filter(file -> !file.startsWith("bgjob/dashboard/")).toList();
        List<String> expected = new ArrayList<>();
        for (Path file : LayersTest.files(checkout.resolve("lib"), "")) {
            String name = checkout.relativize(file).toString();
            if (Files.isRegularFile(file) && !ofTheDashboard(name) && !name.endsWith(".java") && !name.equals("lib/launch/build.sh")) { // which only a checkout needs
                expected.add(name.replace("lib/launch/", "bgjob/launch/").replace("lib/bgjob/", "bgjob/") + "=" + name);
            }
        }

        assertEquals(new TreeSet<>(expected), new TreeSet<>(listed));
    }

    @Test
    void it_lists_files_and_no_patterns() {
        for (String directive : new String[] {"SOURCES", "FILES", "DEPS"}) {
            assertFalse(values(directive).isEmpty(), directive);
            List<String> both = new ArrayList<>(values(directive));
            both.addAll(values(web, directive));
            for (String value : both) {
                assertFalse(value.contains("*") || value.contains("?") || value.contains(" "), value);
            }
        }
    }

    @Test
    void the_libraries_have_fixed_versions() {
        List<String> both = new ArrayList<>(values("DEPS"));
        both.addAll(values(web, "DEPS"));
        for (String library : both) {
            assertTrue(library.matches("[a-z][\\w.-]+:[a-z][\\w.-]+:\\d+(\\.\\d+)+"), library);
        }
    }

    @Test
    void no_source_under_lib_but_the_librarys_list_has_a_directive() throws Exception {
        for (Path file : LayersTest.files(checkout.resolve("lib/bgjob"), ".java")) {
            assertFalse(Files.readString(file).lines().anyMatch(line -> line.matches(DIRECTIVE + ".*")), file.toString());
        }
    }

    @Test
    void the_front_door_is_thin() {
        List<String> code = lines.stream().filter(line -> !line.isBlank() && !line.startsWith("//")).toList();

        assertEquals("///usr/bin/env jbang \"$0\" \"$@\" ; exit $?", lines.get(0));
        assertTrue(code.size() <= 15, code.size() + " lines of code");
        assertEquals(List.of("import bgjob.Wiring;"), code.stream().filter(line -> line.startsWith("import")).toList());
    }
}
