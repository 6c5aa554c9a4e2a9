package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code diff} of real runs. */
class DiffTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private String run(String text) {
        return JobHome.value(home.bgjob("run", "t", "--wait", "--sh", text).exitsAnyhow().run().out(), "Id");
    }

    @Test
    void the_newest_run_is_compared_with_the_one_before_or_the_last_good_one() {
        String good = run("echo a; echo b");
        String bad = run("echo a; echo x; exit 1");
        String worse = run("echo a; echo y; exit 2");

        String told = home.ok("diff", "t");
        assertTrue(told.startsWith("Old:       " + bad + " failed (exit 1)") && told.contains("\nNew:       " + worse + " failed (exit 2)"), told);
        assertTrue(told.contains("\nState:     failed (exit 1) -> failed (exit 2)\n"), told);
        assertTrue(told.contains("\nCommand:   sh -c"), told);
        assertTrue(told.endsWith("@@ -1,2 +1,2 @@\n a\n-x\n+y\n"), told);
        assertTrue(home.ok("diff", "t", "--good").endsWith(" a\n-b\n+y\n"));
        assertTrue(home.ok("diff", bad).endsWith(" a\n-b\n+x\n"));
        assertTrue(home.ok("diff", worse, good).endsWith(" a\n-y\n+b\n"));
        assertEquals(home.ok("diff", good, worse), home.ok("diff", "t", good, worse));
        assertFalse(told.contains("\nGit:"), told);
    }

    @Test
    void what_it_prints_is_a_patch() {
        Tool.need("patch");
        run("seq 1 100");
        run("seq 2 50; echo new; seq 52 101");
        home.sh("$0 diff t >d && cp $($0 latest t) new && cp .logs/$(ls .logs | grep log | head -n 1) old && patch -s old d && cmp old new",
                JobHome.CHECKOUT.resolve("bgjob").toString()).run();
    }

    @Test
    void the_exit_code_tells_only_when_that_is_asked_for() {
        run("echo 'took 1.2s'");
        run("echo 'took 3.4s'");

        home.bgjob("diff", "t").run();
        home.bgjob("diff", "t", "--exit-code").exits(1).run();
        assertTrue(home.ok("diff", "t", "--exit-code", "--ignore-times").contains("\nLogs:      no difference\n"));
    }

    @Test
    void a_commit_in_between_is_told_and_control_characters_are_shown() {
        run("printf 'a\\033[2J\\n'");
        home.sh("git commit -q --allow-empty -m next").run();
        run("echo b");
        String told = home.ok("diff", "t");
        assertTrue(told.matches("(?s).*\nGit: +[0-9a-f]{12} on main.* -> [0-9a-f]{12} on main.*"), told);
        assertTrue(told.contains("-a\\u001b[2J\n"), told);
    }

    @Test
    void what_cannot_be_compared_is_said() {
        assertTrue(home.fails(1, "diff", "t").contains("no job 't'"));
        String only = run("true");
        assertTrue(home.fails(1, "diff", "t").contains("no run of 't' before " + only + " has ended"));
        assertTrue(home.fails(1, "diff", "t", "--good").contains("was completed"));
        assertTrue(home.fails(2, "diff", only, only, "--good").contains("--good"));
        assertTrue(home.fails(2, "diff", "u", only, only).contains("label and two ids"));
        assertTrue(home.fails(2, "diff", "t", only, only, only).contains("label and two ids"));
        assertTrue(home.fails(2, "diff").contains("LABEL"));
    }
}
