package bgjob.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Proc;
import bgjob.support.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void a_signal_reaches_each_process_named_and_no_other() throws Exception {
        try (Started one = Started.sleeper(); Started two = Started.sleeper(); Started three = Started.sleeper()) {
            Signals.send("TERM", List.of(one.pid(), two.pid()));

            assertEquals(143, one.exit());
            assertEquals(143, two.exit());
            assertTrue(three.alive());
        }
    }

    @Test
    void a_signal_is_sent_by_its_name() throws Exception {
        for (Map.Entry<String, Integer> signal : Map.of("ALRM", 142, "KILL", 137, "TERM", 143).entrySet()) {
            try (Started sleeper = Started.sleeper()) {
                Signals.send(signal.getKey(), List.of(sleeper.pid()));

                assertEquals(signal.getValue(), sleeper.exit());
            }
        }
    }

    @Test
    void a_negative_number_is_a_whole_group() throws Exception {
        Tool.need("setsid");
        try (Started leader = Started.command(Map.of(), "setsid", "sh", "-c", "sleep 301 & sleep 302 & wait")) {
            Await.until("the group is complete", () -> inGroup(leader.pid()) == 3);
            Signals.send("KILL", List.of(-leader.pid()));
            leader.exit();

            Await.until("the whole group is gone", () -> inGroup(leader.pid()) == 0);
        }
    }

    private static long inGroup(long pgid) {
        return Proc.all().stream().filter(proc -> proc.pgid() == pgid && proc.alive()).count();
    }

    @Test
    void a_process_that_is_gone_keeps_the_signal_from_no_other() throws Exception {
        Started gone = Started.sleeper();
        gone.close();
        try (Started sleeper = Started.sleeper()) {
            Signals.send("TERM", List.of(gone.pid(), sleeper.pid()));

            assertEquals(143, sleeper.exit());
        }
    }
}
