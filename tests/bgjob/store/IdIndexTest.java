package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.JobId;
import bgjob.support.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index that was removed, damaged, copied back or made by another changes no answer. */
class IdIndexTest {
    private static final long NOW = 1_795_237_567_000L;

    @TempDir
    Path temp;

    private IndexedLogs logs;

    @BeforeEach
    void have_an_index_with_new_ids() throws Exception {
        logs = new IndexedLogs(temp.resolve(".logs"));
        JobStore store = new JobStore(logs.path.toString());
        for (int i = 0; i < 6; i++) {
            logs.record(store.claim(i % 2 == 0 ? "new" : "tests", NOW + i * 1000));
        }
        logs.file("new").toFile().setLastModified(NOW);
        assertTrue(logs.indexed());
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }

    @Test
    void a_valid_index_is_what_is_asked() throws Exception {
        IdIndex.rebuild(logs.dir, Scan.of(new LogsDir(temp + "/none")), IdIndex.time(logs.dir.path()));

        assertEquals(null, logs.ids.newest("a"), "a lie in a valid index is believed, or it was not asked");
    }

    @Test
    void it_agrees_as_long_as_it_is_valid() throws Exception {
        String before = logs.generation();
        logs.agrees();
        assertEquals(before, logs.generation());
    }

    @Test
    void without_it_all_is_as_with_it() throws Exception {
        logs.agrees(() -> run("rm", "-rf", logs.path + "/index"));
        logs.index(); // it is made anew
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids", "new", "stamp", "lock", "older", "newer"})
    void each_of_its_files_may_go(String name) throws Exception {
        logs.agrees(() -> Files.deleteIfExists(logs.file(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids", "new", "stamp", "lock", "older", "newer"})
    void each_of_its_files_may_be_a_directory(String name) throws Exception {
        Files.delete(logs.file(name));
        Files.createDirectories(logs.file(name).resolve("full"));
        Files.setLastModifiedTime(logs.file("stamp"), IdIndex.time(logs.dir.path()));
        logs.agrees();
    }

    private Map<String, byte[]> whole() throws IOException {
        Map<String, byte[]> whole = new TreeMap<>();
        for (String name : IndexedLogs.FILES) {
            whole.put(name, logs.bytes(name));
        }
        return whole;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids", "new", "stamp"})
    void each_of_its_files_may_be_cut_off(String name) throws Exception {
        Map<String, byte[]> whole = whole();
        byte[] bytes = whole.get(name);
        int round = 0;
        for (int length = 0; length < bytes.length; length += name.equals("ids") ? 61 : 1) {
            whole.forEach(logs::forge);
            assertTrue(logs.indexed());
            logs.forge(name, Arrays.copyOf(bytes, length));
            logs.agreesOnce(round++);
        }
        byte[] empty = new byte[0];
        logs.agrees(() -> logs.forge(name, empty));
    }

    @ParameterizedTest
    @Fault(value = "record files", promise = "a damaged index changes no answer")
    @ValueSource(strings = {"ids", "new", "stamp"})
    void each_of_its_files_may_have_flipped_bits(String name) throws Exception {
        Map<String, byte[]> whole = whole();
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            whole.forEach(logs::forge);
            byte[] bytes = whole.get(name).clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            logs.forge(name, bytes);
            logs.agreesOnce(round);
        }
    }

    @Test
    void an_old_copy_of_it_changes_nothing() throws Exception {
        run("cp", "-a", logs.path + "/index", temp + "/copy");
        JobId id = new JobStore(logs.path.toString()).claim("new", NOW + 60_000);
        logs.record(id);
        assertTrue(logs.indexed());
        logs.agreesNowAndThen(() -> run("cp", "-a", temp + "/copy/.", logs.path + "/index"));
        logs.agreesNowAndThen(() -> run("sh", "-c", "rm -r \"$1\" && cp -a \"$2\" \"$1\"", "sh", logs.path + "/index", temp + "/copy"));
        for (String name : IndexedLogs.FILES) {
            logs.agreesNowAndThen(() -> run("cp", "-a", temp + "/copy/" + name, logs.file(name).toString()));
            byte[] old = Files.readAllBytes(temp.resolve("copy/" + name));
            logs.agrees(() -> logs.forge(name, old));
        }
    }

    @Test
    void a_backup_that_brings_the_directorys_time_back_changes_nothing() throws Exception {
        run("cp", "-a", logs.path.toString(), temp + "/backup");
        logs.finished("new_20270101_000000");
        JobId id = new JobStore(logs.path.toString()).claim("tests", NOW + 60_000);
        logs.record(id);
        logs.agreesNowAndThen(() -> {
            run("cp", "-a", temp + "/backup/.", logs.path.toString());
            assertEquals(Files.getLastModifiedTime(logs.path), Files.getLastModifiedTime(logs.file("stamp")), "the case this is about");
        });
    }

    @Test
    void a_copy_of_the_whole_directory_answers_for_itself() throws Exception {
        for (String how : new String[] {"-a", "-r"}) {
            run("cp", how, logs.path.toString(), temp + "/copy" + how);
            IndexedLogs copy = new IndexedLogs(temp.resolve("copy" + how));
            copy.agrees();
        }
    }

    @Test
    void a_stamp_that_looks_right_over_nothing_is_replaced() throws Exception {
        logs.forge("stamp", new byte[0]);
        assertFalse(logs.indexed());
        logs.agrees();
        assertTrue(logs.indexed(), "a time alone makes no index");
    }

    @Test
    void after_many_new_ids_it_is_made_anew() throws Exception {
        JobStore store = new JobStore(logs.path.toString());
        String before = logs.generation();
        for (int i = 0; i < 900; i++) {
            logs.record(store.claim(i % 3 == 0 ? "new" : "same", NOW + 100_000));
        }
        logs.agrees();
        assertNotEquals(before, logs.generation());
        assertTrue(Files.size(logs.file("new")) < 512 * 40, "it does not grow for ever");
    }

    @Test
    void what_cannot_be_read_is_no_index() throws IOException {
        assertFalse(IdIndex.valid(new LogsDir(temp + "/nowhere")));
        assertEquals(null, IdIndex.open(new LogsDir(temp + "/nowhere")));
    }
}
