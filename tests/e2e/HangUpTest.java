package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** What happens to a terminal does not happen to the jobs that were started in it. */
class HangUpTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** An interactive shell with job control, as people have it; its prompt is on the screen only once the shell prints it. */
    private Pty shell() {
        Tool.need("bash");
        return Pty.open(home, "PS1='rea''dy> ' exec bash --norc --noprofile -i").shows("ready> ");
    }

    private JobRecord newest(String label) {
        return home.job(home.status(label).get("id").getAsString());
    }

    private static void goesOn(JobHome home, JobRecord job) {
        assertTrue(job.leader().alive(), "the job runs");
        home.open("end");
        job.ended();
        assertEquals("0", job.exitText());
        assertTrue(job.output().endsWith("last words\n"), job.output());
        assertEquals(List.of(), job.facts("signal"));
    }

    @Test
    @Fault(value = "hang-up", promise = "a job outlives its terminal (a real pty), and its ending is recorded")
    void a_job_survives_the_end_of_its_terminal() throws IOException {
        Pty terminal = shell();
        terminal.type("bgjob run tests -- sh -c 'gate end; echo last words'\n");
        terminal.shows("bgjob stop tests");
        terminal.type("gate never & echo $! >control.new; mv control.new control; wait\n");
        Proc control = control();
        assertTrue(control.hasTerminal(), "the control process has the terminal");
        JobRecord job = newest("tests");
        assertFalse(job.leader().hasTerminal(), "the job has none");
        assertEquals(job.leader().pid(), job.leader().sid());

        terminal.hangUp();

        control.awaitEnd(); // the hang-up was a real one
        assertEquals("running", home.state("tests"));
        goesOn(home, job);
    }

    private Proc control() {
        Path file = home.work().resolve("control");
        Await.until("the control process runs", () -> Files.exists(file));
        try {
            return new Proc(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Fault(value = "hang-up", promise = "so it does the end of tmux")
    void a_job_survives_the_end_of_tmux() {
        Tool.need("tmux");
        home.environment().put("TMUX_TMPDIR", home.root().toString());
        home.command("tmux", "-L", "bgjob", "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24",
                "bgjob run tests -- sh -c 'gate end; echo last words';"
                        + " gate never & echo $! >control.new; mv control.new control; wait").run();
        Proc control = control();
        assertTrue(control.hasTerminal(), "the control process has the terminal");

        home.command("tmux", "-L", "bgjob", "kill-server").run();

        control.awaitEnd();
        goesOn(home, newest("tests"));
    }

    @Test
    void Ctrl_C_ends_the_display_of_follow_and_not_the_job() {
        JobRecord job = home.start("tests", "sh", "-c", "echo first words; gate end; echo last words");
        Pty terminal = shell();
        terminal.type("bgjob follow tests\n");
        terminal.shows("first words");

        terminal.type(Pty.CTRL_C);
        terminal.type("echo sta\"\"tus=$?\n");

        terminal.shows("status=130");
        goesOn(home, job);
    }

    @Test
    void Ctrl_C_ends_the_display_of_run_follow_and_not_the_job() {
        Pty terminal = shell();
        terminal.type("bgjob run tests -f -- sh -c 'echo first \"\"words; gate end; echo last words'\n");
        terminal.shows("first words");

        terminal.type(Pty.CTRL_C);
        terminal.type("echo sta\"\"tus=$?\n");

        terminal.shows("status=130");
        goesOn(home, newest("tests"));
    }

    @Test
    @Fault(value = "hang-up", promise = "Ctrl+C in the terminal does nothing to it")
    void Ctrl_C_and_Ctrl_backslash_in_the_terminal_after_run_do_nothing_to_the_job() {
        Pty terminal = shell();
        terminal.type("bgjob run tests -- sh -c 'gate end; echo last words'; gate never\n");
        terminal.shows("bgjob stop tests");
        JobRecord job = newest("tests");
        Await.until("the control process runs in the foreground", () -> home.processes().stream()
                .anyMatch(process -> process.hasTerminal() && process.commandLine().endsWith("gate never")));

        terminal.type(Pty.CTRL_C);
        terminal.type("echo sta\"\"tus=$?\n");
        terminal.shows("status=130");
        terminal.type("gate never\n");
        Await.until("the control process runs in the foreground", () -> home.processes().stream()
                .anyMatch(process -> process.hasTerminal() && process.commandLine().endsWith("gate never")));
        terminal.type("\u001c");
        terminal.type("echo sta\"\"tus=$?\n");
        terminal.shows("status=131");

        goesOn(home, job);
    }

    @Test
    void in_a_terminal_output_is_coloured_unless_NO_COLOR_is_set() {
        home.start("tests", "true").ended();
        Pty terminal = shell();

        terminal.type("bgjob list; echo sta\"\"tus=$?\n");
        terminal.shows("status=0");
        assertTrue(terminal.screen().contains("\u001b[32mcompleted"), terminal.screen());
        terminal.type("clear; NO_COLOR=1 bgjob list | cat -v; NO_COLOR=1 bgjob status tests; echo se\"\"cond=$?\n");
        terminal.shows("second=0");
        String after = terminal.screen().substring(terminal.screen().indexOf("status=0"));
        assertFalse(after.contains("[32mcompleted"), after);
    }
}
