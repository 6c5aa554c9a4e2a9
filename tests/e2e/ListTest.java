package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code list} shows jobs in short, {@code latest} where their files are. */
class ListTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** A record as an earlier version, or another program, may have left it. */
    private void old(String id, String time, String exit) {
        home.write(".logs/" + id + ".meta", "label=" + id.substring(0, id.indexOf('_'))
                + "\ncmd=true\npid=1\npgid=1\nstarted=" + time + "\n");
        home.write(".logs/" + id + ".log", "");
        home.write(".logs/" + id + ".exit", exit + "\n");
    }

    private List<String> ids(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "list";
        arguments[1] = "--quiet";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return home.bgjob(arguments).run().lines();
    }

    @Test
    void shows_each_job_with_state_exit_and_command_newest_first() {
        old("a_20200101_000000", "2020-01-01T00:00:00Z", "3");
        JobRecord running = home.start("b", "gate", "never");

        List<String> lines = home.bgjob("list").run().lines();

        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.get(0).matches("ID +STATE +PROGRESS +STARTED +DURATION +EXIT +COMMAND"), lines.get(0));
        assertTrue(lines.get(1).matches(running.id() + " +running +- +[-0-9]+ [:0-9]+ +[0-9.]+s +- +gate never"), lines.get(1));
        assertTrue(lines.get(2).matches("a_20200101_000000 +failed +- +20(19|20)-.* +3 +true"), lines.get(2));
    }

    @Test
    void filters_by_label_running_state_and_age() {
        old("a_20200101_000000", "2020-01-01T00:00:00Z", "0");
        old("a_20200102_000000", "2020-01-02T00:00:00Z", "1");
        old("a_b_20200103_000000", "2020-01-03T00:00:00Z", "0");
        String running = home.start("run", "gate", "never").id();
        JobRecord lost = home.start("gone", "gate", "never");
        Proc.signal("KILL", -lost.leader().pgid());
        lost.leader().awaitEnd();

        assertEquals(List.of("a_20200102_000000", "a_20200101_000000"), ids("a"));
        assertEquals(List.of(running), ids("--running"));
        assertEquals(List.of("a_20200102_000000"), ids("--state", "failed"));
        assertEquals(List.of(lost.id(), "a_20200102_000000"), ids("--state", "failed,lost"));
        assertEquals(List.of("a_b_20200103_000000", "a_20200101_000000"), ids("--state", "completed"));
        assertEquals(2, ids("--since", "1h").size());
        assertEquals(List.of("a_b_20200103_000000", "a_20200102_000000"),
                ids("--since", "2020-01-02T00:00:00Z", "--state", "completed,failed"));
        assertEquals(List.of("a_20200102_000000"), ids("a", "--since", "2020-01-02T00:00:00Z"));
    }

    @Test
    void shows_twenty_unless_told_otherwise() {
        for (int day = 11; day < 36; day++) {
            old("a_202001" + day + "_000000", "2020-01-" + day + "T00:00:00Z", "0");
        }

        assertEquals(20, ids().size());
        assertEquals(3, ids("-n", "3").size());
        assertEquals(ids("--all").subList(0, 3), ids("-n", "3"), "the newest");
        assertEquals(25, ids("--all").size());
        assertEquals(25, ids("--state", "completed").size());
        assertEquals(21, home.bgjob("list").run().lines().size());
    }

    @Test
    void an_empty_list_is_no_failure() {
        var none = home.bgjob("list").noisy().run();
        assertEquals("", none.out());
        assertEquals("no jobs\n", none.err());
        assertEquals("[]\n", home.ok("list", "--json"));
        assertEquals("", home.ok("list", "--quiet"));
        assertEquals(false, Files.exists(home.logs()), "looking makes no directory");
    }

    @Test
    @Fault(value = "files of others", promise = "control characters in a command do nothing to the terminal")
    void control_characters_of_a_command_do_nothing_to_the_terminal() {
        home.start("evil", "true", "\u001b[2J\u0007", "\u202e").ended();

        String shown = home.ok("list") + home.ok("status", "evil");

        assertTrue(shown.chars().noneMatch(c -> c < ' ' && c != '\n' || c == 0x202e), shown);
    }

    @Test
    void latest_names_each_file_of_the_newest_job() throws IOException {
        home.start("tests", "true").ended();
        JobRecord job = home.start("tests", "gate", "end");

        assertEquals(job.log() + "\n", home.ok("latest", "tests"));
        assertEquals(job.log() + "\n", home.ok("latest", "tests", "--file", "log"));
        assertEquals(job.meta() + "\n", home.ok("latest", "tests", "--file", "meta"));
        assertEquals(job.pidFile() + "\n", home.ok("latest", "tests", "--file", "pid"));
        assertEquals(job.script() + "\n", home.ok("latest", "tests", "--file", "script"));
        assertTrue(home.fails(1, "latest", "tests", "--file", "exit").contains("has not ended"));
        home.open("end");
        job.ended();
        assertEquals(job.exit() + "\n", home.ok("latest", "tests", "--file", "exit"));
        Files.delete(job.log());
        assertTrue(home.fails(1, "latest", "tests").contains("was removed"));
    }
}
