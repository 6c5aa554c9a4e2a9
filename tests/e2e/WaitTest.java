package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code wait} blocks until jobs have ended and passes their exit status on. */
class WaitTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    @Test
    void blocks_until_the_job_ends_and_exits_with_its_status() {
        home.start("tests", "sh", "-c", "gate end; exit 42");
        var waiting = home.bgjob("wait", "tests").exits(42).start();
        var timed = home.bgjob("wait", "tests", "--timeout", "300ms").exits(124).noisy().run();
        assertTrue(timed.err().contains("still waiting after 0.3s: tests_"), timed.err());
        assertTrue(waiting.process().alive(), "it waits");

        home.open("end");

        assertTrue(waiting.await().out().contains("failed (exit 42)"));
        assertEquals("running", homeStateOfANewJob(), "a time-out leaves jobs alone");
    }

    private String homeStateOfANewJob() {
        home.start("other", "gate", "never");
        home.bgjob("wait", "other", "--timeout", "1ms").exits(124).noisy().run();
        return home.state("other");
    }

    @Test
    void a_job_that_has_ended_is_not_waited_for() {
        home.start("ok", "true").ended();
        home.start("seven", "sh", "-c", "exit 7").ended();

        assertTrue(home.ok("wait", "ok").contains("completed (exit 0)"));
        home.bgjob("wait", "seven").exits(7).run();
    }

    @Test
    void a_signal_is_128_and_its_number() {
        home.start("stopped", "gate", "never");
        home.ok("stop", "stopped");
        home.start("killed", "sh", "-c", "kill -9 $$").ended();

        home.bgjob("wait", "stopped").exits(143).run();
        home.bgjob("wait", "killed").exits(137).run();
    }

    @Test
    void a_lost_job_is_125_with_the_reason() {
        JobRecord job = home.start("lost", "gate", "never");
        Proc.signal("KILL", -job.leader().pgid());
        job.leader().awaitEnd();

        var result = home.bgjob("wait", "lost").exits(125).noisy().run();

        assertTrue(result.err().contains("cannot tell how " + job.id() + " ended"), result.err());
    }

    @Test
    @Fault(value = "KILL of the leader", promise = "`wait` and `follow` end when the job is lost")
    void notices_that_a_job_is_lost_while_it_waits() {
        JobRecord job = home.start("lost", "gate", "never");
        var waiting = home.bgjob("wait", "lost").exits(125).noisy().start();

        Proc.signal("KILL", -job.leader().pgid());

        assertTrue(waiting.await().out().contains("lost"));
    }

    @Test
    void an_unknown_label_is_1() {
        home.fails(1, "wait", "nothing");
    }

    @Test
    void of_several_the_first_in_order_that_failed_decides() {
        home.start("a", "true");
        home.start("b", "sh", "-c", "exit 5");
        home.start("c", "sh", "-c", "exit 6");

        home.bgjob("wait", "a", "b", "c").exits(5).run();
        home.bgjob("wait", "--all", "c", "a", "b").exits(6).run();
        home.bgjob("wait", "a").run();
        var json = JsonParser.parseString(home.bgjob("wait", "a", "b", "--json").exits(5).run().out()).getAsJsonArray();
        assertEquals("b", json.get(1).getAsJsonObject().get("label").getAsString());
    }

    @Test
    void any_is_content_with_the_first_that_ends() {
        home.start("slow", "gate", "never");
        home.start("quick", "sh", "-c", "gate end; exit 8");
        var waiting = home.bgjob("wait", "--any", "slow", "quick").exits(8).start();

        home.open("end");

        String printed = waiting.await().out();
        assertTrue(printed.startsWith("quick_") && printed.lines().count() == 1, printed);
        assertTrue(home.fails(2, "wait", "--any", "--all", "slow").contains("exclude each other"));
    }
}
