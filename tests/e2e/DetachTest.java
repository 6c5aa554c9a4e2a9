package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Pty;
import bgjob.support.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job gets a process group of its own with whatever the machine has to make one. */
class DetachTest {
    private static final List<String> BASICS = List.of("sh", "cat", "date", "env", "grep", "mv", "ps", "readlink", "rm", "rmdir",
            "sed", "sleep", "stty", "true", "uname");

    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** Leaves nothing on PATH but the basics, java, and what is named. */
    private void only(String... tools) throws IOException {
        Path folder = Files.createDirectory(home.root().resolve("only"));
        for (String name : BASICS) {
            Files.createSymbolicLink(folder.resolve(name), Path.of(Tool.need(name)));
        }
        for (String name : tools) {
            Files.createSymbolicLink(folder.resolve(name), Path.of(name.equals("python3") ? python() : Tool.need(name)));
        }
        home.environment().put("PATH", home.bin() + ":" + folder);
        if (!home.environment().containsKey("JAVA_HOME")) {
            home.environment().put("JAVA_HOME", System.getProperty("java.home"));
        }
    }

    /** The one on PATH may be a shim that needs much else. */
    private String python() {
        return home.command(Tool.need("python3"), "-c", "import sys; print(sys.executable)").env("PATH", System.getenv("PATH"))
                .run().out().strip();
    }

    /** An env(1) that is not GNU's, and so cannot reset signals. */
    private void oldEnv() {
        home.program("env", "case $1 in --default-signal*) echo 'env: unknown option' >&2; exit 125 ;; esac\nexec "
                + Tool.need("env") + " \"$@\"");
    }

    @ParameterizedTest
    @Fault(value = "other systems", promise = "without `setsid`, perl or python3 by turns, a job leads a group of its own")
    @ValueSource(strings = {"setsid", "perl", "python3", "bash", "zsh", "ksh93", "mksh"})
    void a_job_leads_a_group_of_its_own_and_survives_its_terminal(String tool) throws IOException {
        if (tool.equals("ksh93")) {
            only();
            Files.createSymbolicLink(home.bin().resolve("ksh"), Path.of(Tool.need(tool)));
        } else {
            only(tool);
        }
        boolean session = List.of("setsid", "perl", "python3").contains(tool);
        Pty terminal = Pty.open(home, "bgjob run tests -- sh -c 'echo command=$$; gate end; exit 3';"
                + " gate never & echo con\"\"trol=$!; wait");
        Await.until("the control process tells its pid", () -> terminal.screen().matches("(?s).*control=\\d+\\s.*"));
        JobRecord job = home.started(terminal.screen().replace("\r", ""));
        Proc control = new Proc(Long.parseLong(terminal.screen().replaceAll("(?s).*control=(\\d+).*", "$1")));
        Proc command = job.told("command");
        Proc leader = job.leader();

        assertTrue(control.hasTerminal(), "this is a terminal");
        assertEquals(leader.pid(), leader.pgid());
        assertEquals(leader.pid(), command.pgid());
        assertNotEquals(control.pgid(), leader.pgid());
        assertEquals(session, leader.pid() == leader.sid(), "session of its own");
        terminal.hangUp();
        control.awaitEnd();

        assertTrue(command.alive() && leader.alive(), "the job survives");
        home.open("end");
        assertEquals("3", job.ended().exitText());
    }

    @Test
    @Fault(value = "other systems", promise = "with nothing to make a group `run` says so and leaves nothing")
    void with_nothing_to_make_a_group_run_says_so_and_leaves_nothing() throws IOException {
        only();
        home.environment().put("BGJOB_SH", Tool.need("dash"));

        String sentence = home.fails(1, "run", "tests", "--", "true");

        assertTrue(sentence.contains("was not started"), sentence);
        assertTrue(sentence.contains("install setsid (util-linux), perl, python3 or bash"), sentence);
        assertEquals(List.of(), home.files());
        assertEquals(List.of(), home.processes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "perl", "python3", "nothing"})
    void the_command_ignores_no_signal_that_the_caller_does_not(String tool) throws IOException {
        only("setsid");
        if (!tool.equals("env")) {
            oldEnv();
        }
        if (tool.equals("perl") || tool.equals("python3")) {
            Files.createSymbolicLink(home.bin().resolve(tool), Path.of(tool.equals("perl") ? Tool.need(tool) : python()));
        }
        String ignored = home.command("grep", "SigIgn", "/proc/self/status").run().out();

        JobRecord job = home.start("mask", "grep", "SigIgn", "/proc/self/status").ended();

        assertEquals(ignored, job.output());
        assertEquals("127", home.start("missing", "no-such-program").ended().exitText());
        assertEquals("126", home.start("folder", home.work().toString()).ended().exitText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "perl", "python3", "nothing"})
    void stop_works_with_every_way_to_reset_signals(String tool) throws IOException {
        only("setsid");
        if (!tool.equals("env")) {
            oldEnv();
        }
        if (tool.equals("perl") || tool.equals("python3")) {
            Files.createSymbolicLink(home.bin().resolve(tool), Path.of(tool.equals("perl") ? Tool.need(tool) : python()));
        }
        JobRecord interrupted = home.start("int", "sh", "-c", "echo command=$$; gate never");
        JobRecord terminated = home.start("term", "sh", "-c", "echo command=$$; gate never");
        Proc first = interrupted.told("command");
        Proc second = terminated.told("command");

        home.ok("stop", "int", "--signal", "INT");
        home.ok("stop", "term");

        assertEquals("130", interrupted.exitText());
        assertEquals("143", terminated.exitText());
        assertFalse(first.alive() || second.alive());
    }
}
