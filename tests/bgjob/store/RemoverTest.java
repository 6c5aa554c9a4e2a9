package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.JobId;
import bgjob.support.Fault;
import docs.Checkout;
import docs.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoverTest {
    private static final String ID = "x_20260101_000000";
    private static final long NOW = 1_795_237_567_000L;
    private static final long HOUR = 3_600_000;

    @TempDir
    Path temp;

    private final JobId id = JobId.parse(ID);
    private Path logs;
    private JobStore store;

    @BeforeEach
    void make() throws IOException {
        logs = Files.createDirectory(temp.resolve(".logs"));
        Files.createDirectory(logs.resolve("jobs"));
        Files.createDirectory(logs.resolve("index"));
        store = new JobStore(logs.toString());
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(logs.resolve(name).getParent());
        Files.writeString(logs.resolve(name), content);
    }

    /** Every file that a record can have. */
    private void record(String id) throws IOException {
        file(id + ".meta", "label=x\npid=1\nstop_signal=TERM\nexit=143\n");
        file(id + ".exit", "143\n");
        file(id + ".pid", "1\n");
        file(id + ".log", "hello\n");
        file("jobs/" + id + ".sh", "#\n");
        file("jobs/" + id + ".progress", "1/2\n");
        file("jobs/" + id + ".result", "{}\n");
        file("jobs/." + id + ".exit", "");
        file("jobs/" + id + ".checkpoint/deep/er/file", "abc");
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(logs)) {
            Set<String> names = new TreeSet<>(files.map(file -> logs.relativize(file).toString()).toList());
            names.removeAll(Set.of("", "jobs", "index"));
            return names;
        }
    }

    @Test
    void every_documented_file_of_a_job_goes() {
        Set<String> documented = new TreeSet<>();
        for (Markdown.Row row : new Markdown(Checkout.text("docs/files.md")).rows("The files")) {
            for (String name : row.cells().get(0).split(", ")) {
                String plain = Markdown.plain(name);
                if (plain.contains("<id>")) {
                    documented.add(plain.replaceFirst("/$", ""));
                }
            }
        }
        Set<String> removed = new TreeSet<>();
        new LogsDir("").paths(id).forEach(path -> removed.add(path.substring(1).replace(ID, "<id>")));

        assertEquals(documented, removed, "LogsDir.paths, by which prune removes");
    }

    @Test
    void a_record_goes_as_a_whole_and_no_other_is_touched() throws Exception {
        record(ID);
        record(ID + "_2");
        Set<String> before = left();
        record("x_20260101_000000.y_20260101_000000");

        Remover.Removal removal = store.remover().remove(id);
        assertTrue(removal.done());
        assertNull(removal.failure());
        assertTrue(store.remover().remove(JobId.parse("x_20260101_000000.y_20260101_000000")).done());
        before.removeIf(name -> !name.contains(ID + "_2"));
        assertEquals(before, left());
        assertEquals(store.remover().bytes(JobId.parse(ID + "_2")), removal.bytes());
        assertEquals(64, removal.bytes());
    }

    @Test
    void who_comes_second_has_removed_nothing() throws Exception {
        record(ID);
        assertTrue(store.remover().remove(id).done());

        assertEquals(new Remover.Removal(false, 0, null), store.remover().remove(id));
    }

    @Test
    void a_record_with_an_exit_alone_counts_as_one() throws Exception {
        file(ID + ".exit", "0\n");
        assertTrue(store.remover().remove(id).done());
        assertEquals(Set.of(), left());
    }

    @Test
    void killed_in_between_it_leaves_a_job_with_its_ending_or_none_and_the_id_stays_taken() throws Exception {
        List<String> paths = new LogsDir(logs.toString()).paths(id);
        for (int killed = 1; killed < paths.size(); killed++) {
            record(ID);
            for (String path : paths.subList(0, killed)) {
                store.remover().removeFile(path);
            }
            if (store.contains(id)) {
                assertEquals(1, killed, "only .exit may be missing of a job that is there");
                assertEquals(143, store.facts(id).number("exit"));
            }
            assertTrue(Files.exists(Path.of(paths.get(paths.size() - 1))), "the log, which holds the id, goes last");
            store.remover().remove(id);
            assertEquals(Set.of(), left());
        }
    }

    @Test
    void an_ending_that_only_the_exit_file_has_goes_into_the_meta_first() throws Exception {
        file(ID + ".meta", "label=x\nstop_signal=TERM\n");
        file(ID + ".exit", "143\n");
        file(ID + ".pid/in/the/way", ""); // stands for whatever comes behind the meta
        Path meta = logs.resolve(ID + ".meta");
        Files.createLink(temp.resolve("kept"), meta);

        store.remover().remove(id);
        assertEquals("label=x\nstop_signal=TERM\nexit=143\n", Files.readString(temp.resolve("kept")));
    }

    @Test
    @Fault(value = "files of others", promise = "`prune` removes links and does not follow them")
    void links_are_removed_and_not_followed() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "gold");
        record(ID);
        Files.delete(logs.resolve(ID + ".log"));
        Files.createSymbolicLink(logs.resolve(ID + ".log"), outside.resolve("precious"));
        Files.createSymbolicLink(logs.resolve("jobs/" + ID + ".checkpoint/link"), outside);
        record(ID + "_2");
        store.remover().removeFile(logs + "/jobs/" + ID + "_2.checkpoint");
        Files.createSymbolicLink(logs.resolve("jobs/" + ID + "_2.checkpoint"), outside);

        assertNull(store.remover().remove(id).failure());
        assertNull(store.remover().remove(JobId.parse(ID + "_2")).failure());
        assertEquals(Set.of(), left());
        assertEquals("gold", Files.readString(outside.resolve("precious")));
    }

    @Test
    void a_read_only_checkpoint_is_no_obstacle() throws Exception {
        record(ID);
        for (String name : List.of("/deep/er", "/deep", "")) {
            Files.setPosixFilePermissions(logs.resolve("jobs/" + ID + ".checkpoint" + name), PosixFilePermissions.fromString("r-x------"));
        }

        assertNull(store.remover().remove(id).failure());
        assertEquals(Set.of(), left());
    }

    @Test
    void leftovers_are_what_belongs_to_no_job_and_is_old() throws Exception {
        record(ID);
        record("gone_20260101_000000");
        Files.delete(logs.resolve("gone_20260101_000000.meta"));
        Files.delete(logs.resolve("gone_20260101_000000.exit"));
        file("young_20260101_000000.log", "");
        file("mixed_20260101_000000.log", "");
        file("jobs/mixed_20260101_000000.sh", "");
        file("." + ID + ".exit.12-1", "");
        file("jobs/.gone_20260101_000000.exit", "");
        file("index/.stamp.12-1", "");
        for (String foreign : List.of("notes.log", ".config", ".x.12-1", ".12-1", "jobs/.hidden", "index/stamp", "x.12-1")) {
            file(foreign, "");
        }
        try (Stream<Path> files = Files.walk(logs)) {
            for (Path file : files.toList()) {
                boolean young = file.getFileName().toString().startsWith("young") || file.endsWith("mixed_20260101_000000.log");
                Files.setLastModifiedTime(file, FileTime.fromMillis(NOW - (young ? HOUR - 1000 : HOUR + 1000)));
            }
        }

        Leftovers found = store.leftovers(NOW);
        assertEquals(List.of("gone_20260101_000000"), found.ids().stream().map(JobId::toString).toList());
        assertEquals(List.of(logs + "/." + ID + ".exit.12-1", logs + "/index/.stamp.12-1", logs + "/jobs/.gone_20260101_000000.exit",
                logs + "/jobs/." + ID + ".exit"), found.temporary());
        assertFalse(Files.exists(logs.resolve("young"), LinkOption.NOFOLLOW_LINKS));
    }
}
