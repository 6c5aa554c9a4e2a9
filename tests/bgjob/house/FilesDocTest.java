package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import docs.Markdown;
import docs.SmallProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/files.md against the sources that write, and against real records. */
class FilesDocTest {

    private static final String TEXT = Checkout.text("docs/files.md");
    private static final Markdown PAGE = new Markdown(TEXT);
    private static final String SCRIPT = Checkout.files("lib/bgjob/script", ".sh").stream().map(Checkout::text).collect(Collectors.joining());

    private static final int MANY = 400;

    private static SmallProject project;
    /** Every file of a job that used all it may, below .logs: its name with the id as {@code <id>}, and its mode. */
    private static final Map<String, String> FILES = new TreeMap<>();
    private static final Set<String> KEYS = new TreeSet<>();

    @BeforeAll
    static void makeRecords() throws Exception {
        project = new SmallProject();
        project.program().bgjob("run", "full", "--wait", "--sh",
                "echo 1/2 >$BGJOB_PROGRESS; echo done >$BGJOB_RESULT; echo 1 >$BGJOB_CHECKPOINT/at; echo out").out(0);
        look();
        project.program().run("sh", "-c", "echo item | ./bgjob batch full --wait -- false").out(123);
        look();
        Files.writeString(project.logs().resolveSibling("note.txt"), "not committed");
        project.program().bgjob("run", "full", "--snapshot", "--", "sleep", "60").out(0);
        project.program().bgjob("stop", "full").out(0);
        project.program().bgjob("rerun", "full", "--at-commit").out(0);
        look();
        project.program().bgjob("run", "full_w", "--after", "full", "--queue", "q", "--", "true").out(0);
        project.program().bgjob("stop", "full", "--reason", "seen enough").out(0);
        for (int i = 0; i < MANY; i++) { // an index is made
            Files.createFile(project.logs().resolve("full_other" + i));
        }
        project.program().bgjob("list").out(0);
        look();
    }

    private static void look() throws Exception {
        Path meta = Path.of(project.program().bgjob("latest", "full", "--file", "meta").out(0).strip());
        String id = meta.getFileName().toString().replace(".meta", "");
        try (Stream<Path> files = Files.walk(project.logs(), 2)) {
            for (Path file : files.toList()) {
                String name = project.logs().relativize(file).toString() + (Files.isDirectory(file) ? "/" : "");
                String shown = name.equals("/") ? ".logs/" : name.replace(id, "<id>").replace("queue/q/", "queue/<name>/");
                if (!shown.contains("full_")) {
                    FILES.put(shown, mode(file));
                }
            }
        }
        KEYS.addAll(Checkout.matches("(?m)^([^=\n]+)=", Files.readString(meta)));
    }

    private static String mode(Path file) throws IOException {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        return "0" + permissions.replaceAll("r--", "4").replaceAll("rw-", "6").replaceAll("rwx", "7").replaceAll("---", "0");
    }

    @AfterAll
    static void remove() throws Exception {
        project.close();
    }

    /** Every key that is written, by the leader or by Java. */
    private static Set<String> written() {
        Set<String> keys = Checkout.matches("\"([a-z_]+)=[$A-Z]", SCRIPT);
        keys.addAll(Checkout.matches("bgjob_begun=([a-z]+)", SCRIPT));
        keys.addAll(Checkout.matches("bgjob_fact=\"([a-z_]+)=", SCRIPT));
        for (Path source : Checkout.files("lib", ".java")) {
            String text = Checkout.text(source);
            keys.addAll(Checkout.matches("MetaFile\\.line\\(\"([a-z_]+)\"", text));
            if (source.toString().contains("/backend/")) {
                keys.addAll(Checkout.matches("facts\\.add\\(\"([a-z_]+)\"", text));
            }
        }
        return keys;
    }

    private static Set<String> documentedKeys() {
        Set<String> keys = new TreeSet<>();
        PAGE.rows("`<id>.meta`").forEach(row -> keys.add(Markdown.plain(row.cells().get(0))));
        return keys;
    }

    /** The names in the first column; a cell may have several. */
    private static Map<String, String> documentedFiles() {
        Map<String, String> files = new TreeMap<>();
        for (Markdown.Row row : PAGE.rows("The files")) {
            for (String name : row.cells().get(0).split(", ")) {
                files.put(Markdown.plain(name), row.cells().get(2));
            }
        }
        return files;
    }

    @Test
    void every_key_that_is_written_to_the_meta_is_documented_and_no_other() {
        assertTrue(written().size() > 20, written().toString());
        assertEquals(written(), documentedKeys());
    }

    @Test
    void real_records_have_no_key_beside_those() {
        Set<String> unknown = new TreeSet<>(KEYS);
        unknown.removeAll(documentedKeys());
        assertEquals(Set.of(), unknown);
        assertTrue(KEYS.containsAll(Set.of("ts", "label", "pid", "started", "stop_reason", "exit")), KEYS.toString());
    }

    @Test
    void the_files_of_real_records_are_documented_and_no_others_but_temporary_ones() {
        Set<String> documented = new TreeSet<>(documentedFiles().keySet());
        documented.removeIf(name -> name.startsWith(".<") || name.startsWith("jobs/.") || name.endsWith(".slurm")); // that one needs a cluster
        assertEquals(FILES.keySet(), documented);
    }

    @Test
    void real_files_have_the_documented_modes() {
        Map<String, String> documented = documentedFiles();
        FILES.forEach((name, mode) -> {
            String said = documented.get(name);
            assertTrue(mode.equals(said) || "the job's umask".equals(said), name + " has " + mode + ", documented is " + said);
        });
    }

    @Test
    void temporary_names_are_those_that_the_sources_spell() {
        Set<String> byLeader = new TreeSet<>();
        Checkout.matches("\\$bgjob_new\\.([a-z]+)", SCRIPT).forEach(ending -> byLeader.add("jobs/.<id>." + ending));
        assertTrue(SCRIPT.contains("bgjob_new=$bgjob_dir/jobs/.$bgjob_id\n"));
        Set<String> documented = new TreeSet<>(documentedFiles().keySet());
        documented.removeIf(name -> !name.startsWith("jobs/."));
        assertEquals(byLeader, documented);
        String source = Checkout.text("lib/bgjob/store/AtomicFile.java");
        assertTrue(source.contains("own = ProcessHandle.current().pid() + \"-\" + Thread.currentThread().getId();"));
        assertTrue(source.contains("resolveSibling(\".\" + file.getFileName() + \".\" + own)"));
        assertTrue(documentedFiles().containsKey(".<name>.<pid>-<thread>"));
    }

    @Test
    void each_files_absence_has_a_meaning() {
        for (String name : documentedFiles().keySet()) {
            if (name.startsWith("index/") && TEXT.contains("### `index/`")) {
                name = "index/"; // one section for all of it
            }
            if (name.equals("jobs/") || name.equals(".logs/") || name.startsWith(".<") || name.startsWith("jobs/.")) {
                continue;
            }
            String[] sections = TEXT.split("\n### ");
            boolean said = false;
            for (String section : sections) {
                said |= section.substring(0, section.indexOf('\n')).contains("`" + name + "`") && section.contains("Absent");
            }
            assertTrue(said, name);
        }
    }

    @Test
    void versions_are_those_of_the_changelog() {
        String changes = Checkout.text("CHANGELOG.md");
        PAGE.rows("The files").forEach(row -> assertTrue(changes.contains(row.cells().get(3)), row.toString()));
    }
}
