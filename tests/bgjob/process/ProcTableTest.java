package bgjob.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Proc;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcTableTest {
    private static final String TAIL = " S 17 4711 4700 34816 4711 4194304 100 0 0 0 5 6 7 8 20 0 1 0 987654 9000000 200 18446744073709551615\n";

    @Nested
    class Parsing {
        @ParameterizedTest
        @ValueSource(strings = {"sleep", "a b", "(sd-pam)", "a) S 1 2 3", ") ", "((", "", " ", "kworker/0:1", "x\ny", "a (b) c"})
        void a_name_may_hold_anything(String name) {
            assertEquals(new ProcessEntry(4711, 17, 4711, 4700, 'S', "ticks:987654"), ProcTable.parse("4711 (" + name + ")" + TAIL));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "garbage", "4711", "4711 (sleep", "4711 sleep) S 1", ")("})
        void what_is_no_line_of_proc_is_no_process(String stat) {
            assertNull(ProcTable.parse(stat));
        }

        @Test
        void the_states_that_matter_are_told_apart() {
            assertTrue(ProcTable.parse("1 (x)" + TAIL.replace(" S ", " Z ")).dead());
            assertTrue(ProcTable.parse("1 (x)" + TAIL.replace(" S ", " X ")).dead());
            assertTrue(ProcTable.parse("1 (x)" + TAIL.replace(" S ", " T ")).held());
            for (String state : new String[] {" R ", " S ", " D ", " t ", " I "}) {
                ProcessEntry entry = ProcTable.parse("1 (x)" + TAIL.replace(" S ", state));
                assertFalse(entry.dead() || entry.held(), state);
            }
        }
    }

    @Nested
    class OfThisMachine {
        private final ProcTable table = new ProcTable("/proc");

        @BeforeEach
        void needsProc() {
            Assumptions.assumeTrue(new File("/proc/self/stat").exists(), "missing tool: /proc");
        }

        @Test
        void a_process_is_found_as_it_is() throws Exception {
            try (Started sleeper = Started.sleeper()) {
                Proc proc = sleeper.proc();
                Await.until("it sleeps", () -> proc.state().equals("S"));
                ProcessEntry entry = table.find(sleeper.pid());

                assertEquals(new ProcessEntry(sleeper.pid(), ProcessHandle.current().pid(), proc.pgid(), proc.sid(), 'S',
                        "ticks:" + proc.startTicks()), entry);
                assertTrue(table.all().contains(entry));
                assertEquals("sleep 300", table.command(sleeper.pid()));
            }
        }

        @Test
        void a_process_that_is_gone_is_none() throws Exception {
            Started sleeper = Started.sleeper();
            sleeper.close();

            assertNull(table.find(sleeper.pid()));
            assertNull(table.command(sleeper.pid()));
            assertFalse(table.hasVariable(sleeper.pid(), "PATH"));
        }

        @Test
        void a_name_with_brackets_and_blanks_is_no_obstacle(@TempDir Path dir) throws Exception {
            Path odd = Files.copy(Path.of("/bin/sh").toRealPath(), dir.resolve("a) Z 1 (b"), StandardCopyOption.COPY_ATTRIBUTES);
            try (Started process = Started.command(Map.of(), odd.toString(), "-c", "kill -STOP $$; :")) {
                Await.until("it is held", () -> process.proc().state().equals("T"));
                ProcessEntry entry = table.find(process.pid());

                assertEquals(new ProcessEntry(process.pid(), ProcessHandle.current().pid(), process.proc().pgid(), process.proc().sid(), 'T',
                        "ticks:" + process.proc().startTicks()), entry);
            }
        }

        @Test
        void a_held_process_and_a_dead_one_are_seen_as_such() throws Exception {
            try (Started sleeper = Started.sleeper()) {
                sleeper.proc().signal("STOP");
                Await.until("it is held", () -> table.find(sleeper.pid()).held());
                sleeper.proc().signal("CONT");
                Await.until("it is let go", () -> !table.find(sleeper.pid()).held());
            }
            try (Started parent = Started.command(Map.of(), "/bin/sh", "-c", "sleep 0 & exec sleep 300")) {
                Await.until("an uncollected child is dead",
                        () -> table.all().stream().anyMatch(entry -> entry.ppid() == parent.pid() && entry.dead()));
            }
        }

        @Test
        void a_variable_counts_with_its_whole_name_and_value() throws Exception {
            try (Started sleeper = Started.command(Map.of("MARK", "a b=c", "XMARK", "z", "EMPTY", ""), "sleep", "300")) {
                Await.until("it runs sleep", () -> sleeper.proc().commandLine().startsWith("sleep"));

                assertTrue(table.hasEnvironment(sleeper.pid(), "MARK=a b=c"));
                assertTrue(table.hasEnvironment(sleeper.pid(), "EMPTY="));
                assertFalse(table.hasEnvironment(sleeper.pid(), "MARK=a b"));
                assertFalse(table.hasEnvironment(sleeper.pid(), "MARK=a b=cd"));
                assertFalse(table.hasEnvironment(sleeper.pid(), "MARK=z"));
                assertTrue(table.hasVariable(sleeper.pid(), "MARK"));
                assertTrue(table.hasVariable(sleeper.pid(), "EMPTY"));
                assertFalse(table.hasVariable(sleeper.pid(), "MAR"));
                assertFalse(table.hasVariable(sleeper.pid(), "ARK"));
            }
        }

        @Test
        void the_machine_names_its_boot_its_name_space_and_itself() throws Exception {
            assertEquals(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(), table.bootId());
            assertEquals(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString(), table.pidNamespace());
            assertEquals(Commands.run(List.of("uname", "-n")).output().strip(), table.host());
            assertTrue(table.uptimeMillis() > 0);
            assertEquals(ProcTable.class, ProcessTable.ofThisMachine().getClass());
        }
    }

    @Test
    void without_a_proc_there_is_nothing_to_see(@TempDir Path empty) {
        ProcTable table = new ProcTable(empty.resolve("none").toString());

        assertNull(table.find(1));
        assertEquals(List.of(), table.all());
        assertNull(table.bootId());
        assertNull(table.pidNamespace());
        assertEquals("localhost", table.host());
        assertEquals(-1, table.uptimeMillis());
        assertNull(table.command(1));
    }
}
