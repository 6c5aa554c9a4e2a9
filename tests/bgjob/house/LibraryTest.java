package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.BatchJobs;
import bgjob.Bgjob;
import bgjob.JobQueues;
import bgjob.Runs;
import bgjob.Worker;
import bgjob.job.JobSpecBuilder;
import docs.Checkout;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library is as small as it says: what is in it, what it needs, and what it shows to programs. */
class LibraryTest {
    private static final Set<String> ROOMS = Set.of("job", "process", "script", "store", "log", "progress", "backend", "backend/local", "backend/slurm", "core");
    private static final Set<String> DOORS = Set.of("BatchJobs", "Bgjob", "Checkpoint", "Composition", "JobQueues", "LogPart", "Runs", "Whole", "Words",
            "Worker");

    @TempDir
    Path temp;

    private final Path checkout = Checkout.root();
    private final String library = Checkout.text("lib/library.java");

    private static List<String> values(String file, String directive) {
        return file.lines().filter(line -> line.startsWith("//" + directive + " ")).map(line -> line.substring(directive.length() + 3)).toList();
    }

    @Test
    void it_lists_the_sources_of_its_rooms_and_doors_and_no_others() throws Exception {
        TreeSet<String> expected = new TreeSet<>();
        DOORS.forEach(name -> expected.add("bgjob/" + name + ".java"));
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.list(checkout.resolve("lib/bgjob").resolve(room))) {
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                        .forEach(name -> expected.add("bgjob/" + room + "/" + name));
            }
        }
        assertEquals(expected, new TreeSet<>(values(library, "SOURCES")));
        assertEquals(expected.size(), values(library, "SOURCES").size());
    }

    @Test
    void it_has_the_versions_of_the_program_and_none_of_its_command_line() {
        String program = Checkout.text("bgjob.java");
        TreeSet<String> needed = new TreeSet<>(values(program, "DEPS"));
        needed.removeIf(name -> name.startsWith("info.picocli:") || name.startsWith("com.google.code.gson:") || name.startsWith("org.jline:"));

        assertEquals(needed, new TreeSet<>(values(library, "DEPS")));
        assertEquals(List.of("bgjob:bgjob-library:" + Checkout.version()), values(library, "GAV"));
        assertEquals(values(program, "JAVAC_OPTIONS"), values(library, "JAVAC_OPTIONS"));
        assertEquals(values(program, "FILES").stream().filter(file -> file.startsWith("bgjob/script/")).map(file -> file.replace("=lib/", "=")).sorted().toList(),
                values(library, "FILES"));
    }

    @Test
    void nothing_in_it_prints_or_parses_command_lines() throws Exception {
        for (String source : values(library, "SOURCES")) {
            String code = LayersTest.code(Files.readString(checkout.resolve("lib").resolve(source)));

            assertFalse(code.contains("picocli") || code.contains("gson") || code.contains("bgjob.cli"), source);
            assertTrue(source.equals("bgjob/Worker.java") || !code.contains("System.out"), source);
        }
    }

    /** By javac's own check of comments; only that a parameter or answer is told in the sentence, and not once more behind it, is let pass. */
    @Test
    void everything_public_in_its_surface_is_explained_and_no_comment_is_broken() throws Exception {
        TreeSet<Path> files = new TreeSet<>();
        for (String name : Checkout.matches("(?m)^(bgjob\\.\\S+)$", surface())) {
            files.add(checkout.resolve("lib/" + name.replaceFirst("\\$.*", "").replace('.', '/') + ".java"));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(said, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-implicit:none", "-Xdoclint:all/public", "-Xmaxwarns", "10000", "-classpath",
                    System.getProperty("java.class.path"), "-d", Files.createTempDirectory(temp, "classes").toString());
            assertTrue(compiler.getTask(null, manager, said, options, null, manager.getJavaFileObjectsFromPaths(files)).call());
        }
        List<String> complaints = new ArrayList<>();
        for (Diagnostic<?> diagnostic : said.getDiagnostics()) {
            if (!diagnostic.getMessage(Locale.ROOT).matches("(?s)no @(param|return|throws).*")) {
                complaints.add(diagnostic.toString());
            }
        }
        assertEquals(List.of(), complaints);
        assertTrue(said.getDiagnostics().size() < 400, "it looks at nothing any more, or there is too much to let pass");
    }

    @Test
    void the_guide_names_every_call_of_its_doors_and_every_part_of_a_spec() {
        String guide = Checkout.text("docs/library.md");
        for (Class<?> door : List.of(Bgjob.class, BatchJobs.class, JobQueues.class, Runs.class, Worker.class, JobSpecBuilder.class)) {
            for (Method method : door.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !Set.of("directory", "run", "checkpoint").contains(method.getName())) {
                    assertTrue(guide.matches("(?s).*`" + method.getName() + "[`(].*"), door.getSimpleName() + "." + method.getName());
                }
            }
        }
    }

    /** A caller may keep an answer and hand it to other threads. */
    @Test
    void records_of_the_surface_take_copies_of_what_could_change() throws Exception {
        for (String name : Checkout.matches("(?m)^(bgjob\\.\\S+)$", surface())) {
            Class<?> type = Class.forName(name);
            for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
                if (!Collection.class.isAssignableFrom(component.getType())) {
                    continue;
                }
                String file = "lib/" + name.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
                String copied = component.getName() + " = " + component.getType().getSimpleName() + ".copyOf(" + component.getName() + ");";
                assertTrue(Checkout.text(file).contains(copied), name + "." + component.getName());
            }
        }
    }

    @Test
    void the_surface_is_as_it_was() throws Exception {
        String golden = "tests/bgjob/golden/library.txt";
        String now = surface();
        Path fresh = Path.of(System.getProperty("java.io.tmpdir"), "bgjob-library.txt");
        if (!Files.exists(checkout.resolve(golden)) || !Checkout.text(golden).equals(now)) {
            Files.writeString(fresh, now);
        }
        assertEquals(Files.exists(checkout.resolve(golden)) ? Checkout.text(golden) : "", now, "\ndiff " + golden + " " + fresh + "\ncp " + fresh + " " + golden);
    }

    /** Every public type that a program can come to from the doors, with all that is public in it but constructors: records grow. */
    private static String surface() {
        TreeMap<String, TreeSet<String>> shown = new TreeMap<>();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(Bgjob.class, Worker.class));
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            type = type.isArray() ? type.getComponentType() : type;
            if (!type.getName().startsWith("bgjob.") || shown.containsKey(type.getName())) {
                continue;
            }
            TreeSet<String> members = new TreeSet<>();
            shown.put(type.getName(), members);
            List<Member> all = new ArrayList<>(Arrays.asList(type.getDeclaredFields()));
            all.addAll(Arrays.asList(type.getDeclaredMethods()));
            for (Member member : all) {
                if (!Modifier.isPublic(member.getModifiers()) || member.isSynthetic() || inherited(member)) {
                    continue;
                }
                members.add(text(member));
                open.addAll(types(member));
            }
            Arrays.stream(type.getDeclaredClasses()).filter(inner -> Modifier.isPublic(inner.getModifiers())).forEach(open::add);
        }
        StringBuilder text = new StringBuilder();
        shown.forEach((type, members) -> {
            text.append(type).append('\n');
            members.forEach(member -> text.append("  ").append(member).append('\n'));
        });
        return text.toString();
    }

    private static boolean inherited(Member member) {
        return Set.of("equals", "hashCode", "toString", "values", "valueOf").contains(member.getName());
    }

    private static String text(Member member) {
        String generic = member instanceof Executable executable ? executable.toGenericString() : ((Field) member).toGenericString();
        return generic.replace(member.getDeclaringClass().getName() + ".", "").replaceAll("\\b(java|bgjob)\\.[a-z.]*(?=[A-Z])", "");
    }

    private static List<Class<?>> types(Member member) {
        List<Class<?>> types = new ArrayList<>();
        if (member instanceof Executable executable) {
            types.addAll(Arrays.asList(executable.getParameterTypes()));
        }
        if (member instanceof Method method) {
            types.add(method.getReturnType());
            Matcher inside = Pattern.compile("<(bgjob\\.[\\w.$]+)>").matcher(method.toGenericString());
            while (inside.find()) {
                try {
                    types.add(Class.forName(inside.group(1)));
                } catch (ClassNotFoundException e) {
                    throw new AssertionError(e);
                }
            }
        } else if (member instanceof Field field) {
            types.add(field.getType());
        }
        return types;
    }
}
