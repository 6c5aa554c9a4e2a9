package e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A long line costs nothing. */
@Tag("waiting")
class QueueCrowdTest {
    /** In 1/100 s for all waiters in five seconds; to look once a second would take each of 200 about 1. */
    private static final long MOST_TICKS = 50;
    private static final int CROWD = 200;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @Test
    void two_hundred_that_wait_cost_nothing_and_are_a_process_each() throws Exception {
        home.ok("run", "a", "--queue", "q", "--", "gate", "never");
        JobRecord model = home.started(home.ok("run", "w", "--queue", "q", "--", "true"));
        String text = Files.readString(model.script());
        for (int i = 2; i <= CROWD; i++) {
            String id = model.id() + "_" + i;
            Files.writeString(home.logs().resolve(id + ".log"), "");
            Files.createDirectory(home.logs().resolve("jobs/" + id + ".checkpoint"));
            Path script = home.logs().resolve("jobs/" + id + ".sh");
            Files.writeString(script, text.replace(model.id(), id));
            home.sh("exec \"$0\" \"$1\" detach", model.fact("shell"), script.toString()).run();
        }
        Await.until("all stand in the line", () -> line() == CROWD);
        Await.until("all are asleep", () -> home.processes().stream().allMatch(process -> process.state().equals("S")));

        long before = ticks();
        double end = uptime() + 5;
        Await.until("five seconds are over", () -> uptime() > end);
        long used = ticks() - before;

        assertTrue(used <= MOST_TICKS, used + " ticks");
        // beside them the sleep of the first one, and the leader, shell, gate and sleep of the job that runs
        int more = home.processes().size() - CROWD;
        assertTrue(more <= 6, more + " more processes than waiters");
        assertTrue(home.ok("queue").startsWith("q: 1 slot, 1 running, " + CROWD + " waiting\n"));
    }

    private long line() {
        String[] names = home.logs().resolve("queue/q").toFile().list((folder, name) -> name.startsWith("line."));
        return names == null ? 0 : names.length;
    }

    private long ticks() {
        long sum = 0;
        for (Proc process : home.processes()) {
            if (process.commandLine().contains(" record")) {
                try {
                    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    for (int i = 11; i <= 14; i++) { // utime, stime, cutime, cstime
                        sum += Long.parseLong(fields[i]);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return sum;
    }

    private static double uptime() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
