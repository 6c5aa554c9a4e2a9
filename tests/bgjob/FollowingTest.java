package bgjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.core.JobFilter;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.JobState;
import bgjob.job.Kind;
import bgjob.support.Await;
import bgjob.support.JobHome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** What a program gets of a log as it grows, and how it ends that. */
class FollowingTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private Bgjob jobs;

    @BeforeEach
    void open() {
        jobs = Bgjob.open(home.logs());
    }

    @AfterEach
    void stop() {
        jobs.list(JobFilter.ALL.running()).forEach(job -> jobs.stop(job.id()));
    }

    private JobId shell(String label, String text) {
        return jobs.submit(JobSpec.builder(label, "sh", "-c", text).in(home.work()).build());
    }

    private static void refused(String part, Executable call) {
        BgjobException e = assertThrows(BgjobException.class, call);
        assertEquals(Kind.USAGE + " " + part, e.kind() + " " + e.getMessage());
    }

    @Test
    void lines_are_handed_on_as_they_come_until_the_job_ends() {
        JobId id = shell("lines", "echo one; until [ -e go ]; do sleep 0.02; done; echo; printf 'tw\\303\\266'");
        List<String> lines = new ArrayList<>();
        jobs.follow(id, line -> {
            lines.add(line);
            home.open("go");
        });
        assertEquals(List.of("one", "", "tw\u00f6"), lines);
    }

    @Test
    void following_ends_when_the_thread_is_interrupted() throws Exception {
        JobId id = shell("endless", "echo x; exec sleep 60");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> thrown.set(assertThrows(BgjobException.class, () -> jobs.follow(id, 0, (bytes, from, length) -> { }))));
        thread.start();
        Await.until("it follows", () -> thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        thread.join(10_000);

        assertEquals("interrupted while following " + id, thrown.get().getMessage());
        assertEquals(JobState.RUNNING, jobs.status(id).state());
    }

    @Test
    void following_ends_by_what_the_sink_throws() {
        JobId id = shell("endless", "echo x; exec sleep 60");
        IllegalStateException enough = new IllegalStateException("enough");
        assertSame(enough, assertThrows(IllegalStateException.class, () -> jobs.follow(id, line -> {
            throw enough;
        })));
        BgjobException own = BgjobException.usage("my own");
        assertSame(own, assertThrows(BgjobException.class, () -> jobs.follow(id, 0, (bytes, from, length) -> {
            Thread.currentThread().interrupt();
            throw own;
        })));
        assertTrue(Thread.interrupted());
        refused("'null' is no sink; one is needed", () -> jobs.follow(id, 0, null));
        refused("'null' is no sink; one is needed", () -> jobs.follow(id, null));
    }
}
