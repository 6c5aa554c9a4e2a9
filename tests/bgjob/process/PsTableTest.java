package bgjob.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Tool;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PsTableTest {
    @Nested
    class Parsing {
        @Test
        void a_line_of_linux_and_a_line_of_macos_are_read_alike() {
            ProcessEntry expected = new ProcessEntry(4711, 1, 4711, -1, 'S', "lstart:Sat Nov 7 05:06:07 2026");

            assertEquals(expected, PsTable.parse("   4711       1    4711 Ss   Sat Nov  7 05:06:07 2026"));
            assertEquals(expected, PsTable.parse(" 4711     1  4711 S+   Sat Nov  7 05:06:07 2026    "));
        }

        @Test
        void the_state_is_the_first_letter() {
            assertTrue(PsTable.parse("1 1 1 T+ Sat Nov 7 05:06:07 2026").held());
            assertTrue(PsTable.parse("1 1 1 Z Sat Nov 7 05:06:07 2026").dead());
            assertFalse(PsTable.parse("1 1 1 R< Sat Nov 7 05:06:07 2026").dead());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "   ", "  PID  PPID  PGID STAT                  STARTED", "4711 1 4711 Ss", "ps: illegal option -- E",
            "error: the list of options of this ps is another one than that", "x 1 4711 Ss Sat Nov 7 05:06:07 2026"})
        void what_is_no_process_is_none(String line) {
            assertNull(PsTable.parse(line));
        }
    }

    @Nested
    class OfThisMachine {
        private final PsTable table = new PsTable();

        @BeforeEach
        void needsPs() {
            Tool.need("ps");
        }

        @Test
        void a_process_is_found_as_it_is() throws Exception {
            try (Started sleeper = Started.sleeper()) {
                ProcessEntry entry = table.find(sleeper.pid());

                assertNotNull(entry);
                assertEquals(sleeper.pid(), entry.pid());
                assertEquals(ProcessHandle.current().pid(), entry.ppid());
                assertEquals(sleeper.proc().pgid(), entry.pgid());
                assertFalse(entry.dead() || entry.held());
                assertTrue(entry.startTime().matches("lstart:[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{1,2} \\d\\d:\\d\\d:\\d\\d \\d{4}"), entry.startTime());
                assertEquals("sleep 300", table.command(sleeper.pid()));
            }
        }

        @Test
        void the_start_is_spelled_as_the_job_script_records_it() throws Exception {
            try (Started sleeper = Started.sleeper()) {
                String script = "echo lstart:$(echo $(LC_ALL=C TZ=UTC0 ps -o lstart= -p " + sleeper.pid() + "))";
                String recorded = Commands.run(List.of("/bin/sh", "-c", script)).output().strip();

                assertEquals(recorded, table.find(sleeper.pid()).startTime());
            }
        }

        @Test
        void all_processes_are_seen_and_one_that_is_gone_is_not() throws Exception {
            Started sleeper = Started.sleeper();
            try (sleeper) {
                assertTrue(table.all().stream().anyMatch(entry -> entry.pid() == sleeper.pid()));
                assertTrue(table.all().stream().anyMatch(entry -> entry.pid() == ProcessHandle.current().pid()));
            }

            assertNull(table.find(sleeper.pid()));
            assertNull(table.command(sleeper.pid()));
        }

        @Test
        void a_held_process_is_seen_as_held() throws Exception {
            try (Started sleeper = Started.sleeper()) {
                sleeper.proc().signal("STOP");
                Await.until("it is held", () -> table.find(sleeper.pid()).held());
            }
        }

        @Test
        void it_has_no_monotonic_clock_and_no_name_spaces_and_knows_the_host() {
            assertEquals(-1, table.uptimeMillis());
            assertNull(table.pidNamespace());
            assertEquals(Commands.run(List.of("uname", "-n")).output().strip(), table.host());
        }
    }
}
