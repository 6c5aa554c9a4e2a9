package e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.HostileNames;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Tool;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record is the same whichever POSIX shell leads the job. */
class JobShellsTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** The shells that BGJOB_SH may name; some behave differently under another name. */
    @ParameterizedTest
    @Retention(RetentionPolicy.RUNTIME)
    @ValueSource(strings = {"dash", "bash", "bash as sh", "busybox ash", "ksh93", "mksh", "zsh", "yash"})
    @interface InEveryShell {
    }

    private void use(String shell) throws IOException {
        use(home, shell);
    }

    /** Has that shell lead the jobs. */
    static void use(JobHome home, String shell) throws IOException {
        String path = switch (shell) {
            case "bash as sh" -> link(home, "sh", Tool.need("bash"));
            case "busybox ash" -> link(home, "ash", Tool.need("busybox"));
            default -> Tool.need(shell);
        };
        home.environment().put("BGJOB_SH", path);
    }

    /** Beside PATH, lest the job's own programs find it. */
    private static String link(JobHome home, String name, String target) throws IOException {
        Path folder = Files.createDirectory(home.root().resolve("shell"));
        return Files.createSymbolicLink(folder.resolve(name), Path.of(target)).toString();
    }

    @InEveryShell
    @Fault(value = "KILL of the command", promise = "`failed`, 137, signal KILL, in every shell")
    void exit_status_and_signal_of_the_command_are_recorded(String shell) throws IOException {
        use(shell);
        JobRecord zero = home.start("zero", "true");
        JobRecord seven = home.start("seven", "sh", "-c", "exit 7");
        JobRecord killed = home.start("killed", "sh", "-c", "echo command=$$; exec gate never");
        killed.told("command").signal("KILL");
        JobRecord segv = home.start("segv", "sh", "-c", "ulimit -c 0; kill -11 $$");

        assertAll(
                () -> assertEquals(home.environment().get("BGJOB_SH"), zero.fact("shell")),
                () -> assertEquals("0", zero.ended().exitText()),
                () -> assertEquals("7", seven.ended().exitText()),
                () -> assertEquals(List.of(), seven.facts("signal")),
                () -> assertEquals("137", killed.ended().exitText()),
                () -> assertEquals("KILL", killed.fact("signal")),
                () -> assertEquals("139", segv.ended().exitText()),
                () -> assertEquals("SEGV", segv.fact("signal")),
                () -> assertEquals("failed", home.state("killed")));
    }

    @InEveryShell
    void TERM_to_the_leader_alone_reaches_the_command_and_is_recorded(String shell) throws IOException {
        use(shell);
        JobRecord plain = home.start("plain", "sh", "-c", "echo command=$$; gate never");
        JobRecord own = home.start("own", "sh", "-c", "trap 'echo cleaned up; exit 5' TERM; echo command=$$;"
                + " while :; do gate never & wait; done");
        Proc plainCommand = plain.told("command");
        Proc ownCommand = own.told("command");
        plain.leader().signal("TERM");
        own.leader().signal("TERM");

        assertEquals("143", plain.ended().exitText());
        assertEquals("TERM", plain.fact("signal"));
        plainCommand.awaitEnd();
        assertEquals("5", own.ended().exitText(), "the command's own answer to the signal");
        ownCommand.awaitEnd();
        assertTrue(own.output().endsWith("cleaned up\n"), own.output());
    }

    @InEveryShell
    void stop_by_INT_gives_130(String shell) throws IOException {
        use(shell);
        JobRecord job = home.start("int", "sh", "-c", "echo command=$$; gate never");
        Proc command = job.told("command");

        String printed = home.ok("stop", "int", "--signal", "INT");

        assertTrue(printed.contains("stopped (exit 130, signal INT)") && printed.contains("nothing of it is left"), printed);
        assertEquals("130", job.exitText());
        assertEquals("INT", job.fact("signal"));
        Await.until("the leader has ended, too", () -> !command.alive() && !job.leader().alive());
    }

    @InEveryShell
    @Fault(value = "TERM ignored", promise = "`stop` sends KILL after the grace and says so; 137 is recorded")
    void a_job_that_ignores_TERM_gets_KILL_and_137(String shell) throws IOException {
        use(shell);
        JobRecord job = home.start("deaf", "sh", "-c", "trap '' TERM; echo command=$$; gate never");
        Proc command = job.told("command");

        String printed = home.ok("stop", "deaf", "--grace", "100ms");

        assertTrue(printed.contains("sent TERM, KILL"), printed);
        assertEquals("137", job.exitText());
        assertEquals("KILL", job.fact("signal"));
        assertTrue(!command.alive() && !job.leader().alive());
        assertEquals("stopped", home.state("deaf"));
    }

    @InEveryShell
    void arguments_are_exact_in_the_job_and_by_hand_and_the_environment_is_the_promised_one(String shell) throws IOException {
        use(shell);
        home.program("args", "printf '%s\\0' \"$@\"; [ \"${BGJOB_ID-}\" ] || exit 9;"
                + " env | grep -E '^(PYTHONUN|GH_P|GIT_P|BGJOB_[A-Z]*=)' | grep -vE '^BGJOB_(SH|TRAIN)=' | sort");
        List<String> words = new ArrayList<>(List.of("run", "args", "--env", "X=a'b", "--", "args"));
        words.addAll(HostileNames.arguments());

        JobRecord job = home.started(home.ok(words.toArray(new String[0]))).ended();

        String id = home.logs() + "/" + job.id();
        String work = home.logs() + "/jobs/" + job.id();
        String expected = String.join("\0", HostileNames.arguments()) + "\0"
                + "BGJOB_ATTEMPT=1\nBGJOB_CHECKPOINT=" + home.logs() + "/jobs/" + job.id() + ".checkpoint\n"
                + "BGJOB_DIR=" + home.logs() + "\nBGJOB_ID=" + job.id() + "\nBGJOB_LABEL=args\nBGJOB_LOG=" + id + ".log\n"
                + "BGJOB_PROGRESS=" + work + ".progress\nBGJOB_RESULT=" + work + ".result\nGH_PAGER=cat\nGIT_PAGER=cat\nPYTHONUNBUFFERED=1\n";
        assertEquals(expected, job.output());
        var byHand = home.command(home.environment().get("BGJOB_SH"), job.script().toString()).in("/").exits(9).run();
        assertEquals(String.join("\0", HostileNames.arguments()) + "\0", byHand.out());
    }

    @InEveryShell
    void a_leader_that_is_killed_leaves_a_lost_job_with_its_survivor_named(String shell) throws IOException {
        use(shell);
        JobRecord job = home.start("lost", "sh", "-c", "echo command=$$; exec gate never");
        Proc command = job.told("command");

        job.leader().signal("KILL");
        job.leader().awaitEnd();

        var status = home.status("lost");
        assertEquals("lost", status.get("state").getAsString());
        assertTrue(status.get("exit_code").isJsonNull());
        assertTrue(status.getAsJsonArray("survivors").asList().stream()
                .anyMatch(survivor -> survivor.getAsJsonObject().get("pid").getAsLong() == command.pid()), status.toString());
        home.bgjob("wait", "lost").exits(125).noisy().run();
        home.ok("stop", "lost");
        command.awaitEnd();
    }

    @InEveryShell
    void the_command_has_the_caller_s_umask_and_the_record_is_private(String shell) throws IOException {
        use(shell);
        JobRecord job = home.started(home.sh("umask 027; bgjob run umask -- sh -c 'umask; : >made'").run().out()).ended();

        assertEquals("0027\n", job.output());
        assertEquals("rw-r-----", mode(home.work().resolve("made")));
        for (Path file : List.of(job.log(), job.meta(), job.exit(), job.pidFile())) {
            assertEquals("rw-------", mode(file), file.toString());
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
