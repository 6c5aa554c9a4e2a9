package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import e2e.JobShellsTest.InEveryShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may happen to jobs of a queue; two never run where there is one slot, and the line never stands still. */
class QueueFaultsTest {
    /** The lines before which a hook can be put, as sed knows them. */
    private static final String TO_TAKE = "if ln ";
    private static final String TO_FOLLOW = "{ .*bgjob_got:-0}. -gt 0 . || {";

    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** A job in queue q that would notice another one beside it, and ends when its gate opens. */
    private JobRecord run(String label, String... options) {
        java.util.ArrayList<String> words = new java.util.ArrayList<>(List.of("run", label, "--queue", "q"));
        words.addAll(List.of(options));
        words.addAll(List.of("--sh", "mkdir alone || echo TWO AT ONCE; echo $BGJOB_LABEL >>order; gate go-$BGJOB_LABEL; rmdir alone"));
        return home.started(home.ok(words.toArray(new String[0])));
    }

    private List<String> order() {
        try {
            return Files.exists(home.work().resolve("order")) ? Files.readAllLines(home.work().resolve("order")) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void runs(String... labels) {
        Await.until(List.of(labels) + " are the ones that ran; it was " + order(), () -> order().equals(List.of(labels)));
    }

    private String reason(String label) {
        return home.status(label).get("reason").getAsString();
    }

    private static void kill(JobRecord job) {
        job.leader().signal("KILL");
        job.leader().awaitEnd();
    }

    @InEveryShell
    void waiters_that_are_killed_leave_the_line_wherever_they_stand(String shell) throws IOException {
        JobShellsTest.use(home, shell);
        run("a");
        runs("a");
        JobRecord first = run("first");
        run("b");
        JobRecord middle = run("middle");
        run("c");
        Await.until("all stand in the line", () -> reason("c").startsWith("place 4 "));

        kill(middle);
        Await.until("the one behind moved up", () -> reason("c").startsWith("place 3 "));
        kill(first);
        Await.until("both moved up", () -> reason("b").startsWith("place 1 ") && reason("c").startsWith("place 2 "));

        assertEquals("lost", home.state("middle"));
        List.of("a", "b", "c").forEach(label -> home.open("go-" + label));
        runs("a", "b", "c");
    }

    @InEveryShell
    void a_runner_that_is_killed_gives_its_slot_free(String shell) throws IOException {
        JobShellsTest.use(home, shell);
        JobRecord a = home.started(home.ok("run", "a", "--queue", "q", "--sh", "echo command=$$; gate never"));
        Proc command = a.told("command");
        run("b");
        Await.until("it stands in the line", () -> reason("b").startsWith("place 1 "));

        kill(a);
        runs("b");

        assertEquals("lost", home.state("a"));
        assertTrue(command.alive(), "what the killed leader left is named by status, and holds no slot");
        home.open("go-b");
    }

    /** Has leaders wait at the hook, if the file {@code hook-LABEL} is there, until the file {@code on-LABEL} is. */
    private void hookBefore(String line) {
        String hook = "  [ ! -e $bgjob_cwd/hook-$bgjob_label ] || { touch $bgjob_cwd/at-$bgjob_label;"
                + " until [ -e $bgjob_cwd/on-$bgjob_label ]; do sleep 0.02; done; }";
        Path shell = home.program("hooked", "[ \"$2\" != detach ] || sed -i 's#^ *" + line + ".*#" + hook + "\\n&#' \"$1\"\n"
                + "exec dash \"$@\"");
        home.environment().put("BGJOB_SH", shell.toString());
    }

    private boolean at(String label) {
        return Files.exists(home.work().resolve("at-" + label));
    }


    @Test
    void of_two_that_saw_the_same_slot_free_one_gets_it() {
        hookBefore(TO_TAKE);
        home.open("hook-low");
        home.open("hook-high");
        run("low");
        Await.until("one has seen it free", () -> at("low"));
        run("high", "--priority", "1");
        Await.until("another one that is first in the line too has seen it free", () -> at("high"));

        home.open("on-high");
        runs("high");
        home.open("on-low");
        Await.until("the other one waits", () -> reason("low").startsWith("place 1 "));
        home.open("go-high");
        home.open("go-low");
        runs("high", "low");
        assertEquals("", home.job(home.status("low").get("id").getAsString()).ended().output());
    }

    @Test
    void one_that_saw_a_slot_free_long_ago_does_not_get_it_twice() {
        hookBefore(TO_TAKE);
        home.open("hook-late");
        run("late");
        Await.until("it has seen the slot free", () -> at("late"));
        home.open("go-x");
        home.open("go-y");
        run("x", "--priority", "1").ended();
        run("y", "--priority", "1").ended();
        run("z", "--priority", "1");
        runs("x", "y", "z");

        home.open("on-late");
        Await.until("only the newest of the slot's files is there", () -> slotFiles() == 1);
        assertEquals("place 1 in queue q (1 slot)", reason("late"));
        home.open("go-z");
        home.open("go-late");
        runs("x", "y", "z", "late");
        assertEquals("", home.job(home.status("late").get("id").getAsString()).ended().output());
    }

    private long slotFiles() {
        String[] names = home.logs().resolve("queue/q").toFile().list((folder, name) -> name.startsWith("slot."));
        return names == null ? 0 : names.length;
    }

    @Test
    void a_place_that_is_left_while_the_next_one_looks_at_it_leaves_no_file() {
        hookBefore(TO_FOLLOW);
        run("a");
        runs("a");
        run("b");
        home.open("hook-c");
        run("c");
        Await.until("it is about to open the place before its own", () -> at("c"));
        home.open("go-a");
        runs("a", "b");
        home.open("on-c");
        Await.until("it has moved up", () -> reason("c").startsWith("place 1 "));
        home.open("go-b");
        home.open("go-c");
        runs("a", "b", "c");
        assertEquals(List.of(), lineFiles());
    }

    private List<String> lineFiles() {
        String[] names = home.logs().resolve("queue/q").toFile().list((folder, name) -> name.startsWith("line."));
        return names == null ? List.of() : List.of(names);
    }

    @Test
    void what_a_restart_of_the_machine_left_blocks_nobody() throws IOException {
        JobRecord a = run("a");
        JobRecord b = run("b");
        runs("a");
        kill(b);
        kill(a);
        home.ok("stop", "a");
        // what the machine would find after it: the places and slots of another boot, whose pids belong to others now
        long pid = ProcessHandle.current().pid();
        for (JobRecord job : List.of(a, b)) {
            Files.deleteIfExists(job.exit());
            String meta = Files.readString(job.meta()).replaceAll("(?m)^(exit|ended_by|ended|stop_.*)=.*\n", "")
                    .replaceAll("(?m)^pid=.*", "pid=" + pid).replaceAll("(?m)^start_time=.*", "start_time=ticks:" + new Proc(pid).startTicks());
            Files.writeString(job.meta(), meta.replaceAll("(?m)^boot_id=.*", "boot_id=00000000-0000-0000-0000-000000000000"));
        }
        Files.deleteIfExists(home.work().resolve("alone"));
        Files.deleteIfExists(home.work().resolve("order"));
        assertEquals(1, lineFiles().size());
        assertEquals("lost", home.state("b"));

        run("c");
        runs("c");
        home.open("go-c");
        Await.until("the old place is gone", () -> lineFiles().isEmpty());
    }

    @Test
    void a_pid_that_is_used_again_holds_no_slot() throws IOException {
        JobRecord a = run("a");
        runs("a");
        run("b");
        kill(a);
        runs("a", "b");
        Proc other = new Proc(ProcessHandle.current().pid());
        JobRecord b = home.job(home.status("b").get("id").getAsString());
        kill(b);
        Files.writeString(b.meta(), Files.readString(b.meta()).replaceAll("(?m)^pid=.*", "pid=" + other.pid()));

        run("c");
        runs("a", "b", "c");
    }

    @Test
    void where_there_are_no_FIFOs_the_order_is_the_same() {
        home.program("mkfifo", "exit 1");
        run("a");
        run("b");
        JobRecord c = run("c");
        run("d");
        runs("a");
        home.ok("stop", "c");
        assertEquals(List.of(), c.facts("started"));
        List.of("a", "b", "d").forEach(label -> home.open("go-" + label));

        runs("a", "b", "d");
    }

    @Test
    void a_folder_that_somebody_removes_is_made_again() throws IOException {
        run("a");
        run("b");
        run("c");
        runs("a");
        Await.until("all stand in the line", () -> reason("c").startsWith("place 2 "));
        for (String name : home.logs().resolve("queue/q").toFile().list()) {
            Files.delete(home.logs().resolve("queue/q").resolve(name));
        }
        Files.delete(home.logs().resolve("queue/q"));
        List.of("a", "b", "c").forEach(label -> home.open("go-" + label));

        Await.until("all ran", () -> order().size() == 3);
    }
}
