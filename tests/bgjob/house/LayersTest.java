package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may know which: the arrows of docs/architecture.md, read from the sources. */
class LayersTest {
    /** A room and the rooms it may use; {@code *} may use all. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("", Set.of("*")),
            Map.entry("cli", Set.of("job", "core", "log", "json", "install", "doctor", "drill")),
            Map.entry("web", Set.of("job", "core", "log", "json")),
            Map.entry("json", Set.of("job", "core", "log", "doctor", "drill")),
            Map.entry("doctor", Set.of("job", "store", "core", "process", "install")),
            Map.entry("drill", Set.of("job", "store", "core", "process")),
            Map.entry("core", Set.of("job", "store", "script", "log", "backend", "progress", "process")),
            Map.entry("backend", Set.of("job")),
            Map.entry("backend.local", Set.of("job", "backend", "process")),
            Map.entry("backend.slurm", Set.of("job", "backend", "process")),
            Map.entry("store", Set.of("job")),
            Map.entry("log", Set.of("job")),
            Map.entry("script", Set.of("job")),
            Map.entry("progress", Set.of("job")),
            Map.entry("process", Set.of("job")),
            Map.entry("install", Set.of("job", "process")),
            Map.entry("job", Set.of()));

    /** A library's package and the one room that may use it. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "picocli", "cli",
            "com.google.gson", "json",
            "org.apache.commons.exec", "process",
            "org.apache.commons.io", "log",
            "com.github.difflib", "log",
            "org.jline", "cli",
            "io.javalin", "web",
            "org.eclipse.jetty", "web",
            "io.pebbletemplates", "web");

    private static final Pattern OURS = Pattern.compile("\\bbgjob\\.((?:[a-z]\\w*\\.)*)[A-Z]\\w*");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);

    static Path checkout() {
        return Checkout.root();
    }

    static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** The text without comments and literals, lines kept. */
    static String code(String source) {
        Matcher matcher = Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL).matcher(source);
        return matcher.replaceAll(found -> found.group().startsWith("/") ? "\n".repeat((int) found.group().lines().count() - 1) : "\"\"");
    }

    private static String room(Path file) {
        Path folder = checkout().resolve("lib/bgjob").relativize(file).getParent();
        return folder == null ? "" : folder.toString().replace('/', '.');
    }

    private static Map<String, Set<String>> used() throws IOException {
        Map<String, Set<String>> used = new TreeMap<>();
        for (Path file : files(checkout().resolve("lib/bgjob"), ".java")) {
            Set<String> rooms = used.computeIfAbsent(room(file), name -> new TreeSet<>());
            Matcher matcher = OURS.matcher(code(Files.readString(file)));
            while (matcher.find()) {
                String path = matcher.group(1);
                rooms.add(path.isEmpty() ? "" : path.substring(0, path.length() - 1));
            }
        }
        used.forEach((room, rooms) -> rooms.remove(room));
        return used;
    }

    @Test
    void a_room_uses_only_the_rooms_below_it() throws Exception {
        Map<String, Set<String>> used = used();

        assertEquals(MAY_USE.keySet(), used.keySet(), "a new room needs a line in the table");
        used.forEach((room, rooms) -> {
            Set<String> wrong = new TreeSet<>(rooms);
            wrong.removeAll(MAY_USE.get(room));
            assertTrue(MAY_USE.get(room).contains("*") || wrong.isEmpty(), "'" + room + "' must not use " + wrong);
        });
    }

    @Test
    void the_table_allows_nothing_that_nobody_needs() throws Exception {
        Map<String, Set<String>> used = used();
        MAY_USE.forEach((room, rooms) -> {
            if (!rooms.contains("*")) {
                assertEquals(new TreeSet<>(rooms), used.get(room), "what '" + room + "' uses");
            }
        });
    }

    @Test
    void no_room_leads_back_to_itself() throws Exception {
        Map<String, Set<String>> used = used();
        for (String room : used.keySet()) {
            Set<String> reached = new HashSet<>();
            List<String> open = new ArrayList<>(used.get(room));
            while (!open.isEmpty()) {
                String next = open.remove(open.size() - 1);
                if (reached.add(next)) {
                    open.addAll(used.getOrDefault(next, Set.of()));
                }
            }
            assertFalse(reached.contains(room), "'" + room + "' leads back to itself by way of " + reached);
        }
    }

    @Test
    void each_library_is_known_in_one_room_alone() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (Path file : files(checkout().resolve("lib/bgjob"), ".java")) {
            Matcher matcher = IMPORT.matcher(Files.readString(file));
            while (matcher.find()) {
                String name = matcher.group(1);
                if (name.startsWith("bgjob.") || name.startsWith("java.")) {
                    continue;
                }
                String library = LIBRARIES.keySet().stream().filter(prefix -> name.startsWith(prefix + ".")).findFirst().orElse(name);
                assertEquals(LIBRARIES.get(library), room(file), file + " imports " + name);
                seen.add(library);
            }
        }
        assertEquals(new TreeSet<>(LIBRARIES.keySet()), seen);
    }

    @Test
    void a_library_is_named_by_imports_only() throws Exception {
        for (Path file : files(checkout().resolve("lib/bgjob"), ".java")) {
            String body = IMPORT.matcher(code(Files.readString(file))).replaceAll("");
            for (String library : LIBRARIES.keySet()) {
                assertFalse(body.contains(" " + library + ".") || body.contains("(" + library + "."), file + " names " + library);
            }
        }
    }

    @Test
    void a_file_lies_where_its_package_says() throws Exception {
        for (Path file : files(checkout().resolve("lib/bgjob"), ".java")) {
            String name = room(file).isEmpty() ? "bgjob" : "bgjob." + room(file);
            assertTrue(Files.readString(file).startsWith("package " + name + ";\n"), file.toString());
        }
    }

    @Test
    void no_room_is_a_drawer() throws Exception {
        Set<String> drawers = Set.of("util", "utils", "common", "helper", "helpers", "model", "impl", "misc");
        for (Path root : new Path[] {checkout().resolve("lib"), checkout().resolve("tests")}) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(Files::isDirectory).forEach(
                        folder -> assertFalse(drawers.contains(folder.getFileName().toString()), folder.toString()));
            }
        }
    }
}
