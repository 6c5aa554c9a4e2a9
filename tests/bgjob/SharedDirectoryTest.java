package bgjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.core.JobFilter;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many threads and processes in one directory at once: no two jobs share an id, none is lost, and nothing stays behind. */
class SharedDirectoryTest {
    private static final int THREADS = 6;
    private static final int EACH = 5;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private static void work(Bgjob jobs, ConcurrentLinkedQueue<JobId> ids) {
        for (int i = 0; i < EACH; i++) {
            JobId id = jobs.submit("same", "true");
            ids.add(id);
            jobs.list(JobFilter.ALL.newest(3));
            Job job = jobs.await(id, Duration.ofSeconds(60));
            if (job.state() != JobState.COMPLETED) {
                throw new AssertionError(job.toString());
            }
        }
    }

    private static ConcurrentLinkedQueue<JobId> inThreads(Bgjob jobs) throws InterruptedException {
        ConcurrentLinkedQueue<JobId> ids = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> work(jobs, ids), "submitter");
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        return ids;
    }

    /** A program of its own that does the same. */
    public static final class Other {
        private Other() {
        }

        public static void main(String... args) throws Exception {
            inThreads(Bgjob.open(Path.of(args[0]))).forEach(System.out::println);
            long left = Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.isDaemon()).count();
            System.out.println("threads " + left);
        }
    }

    @Test
    void threads_and_processes_submit_at_once() throws Exception {
        List<CliRun.Live> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            others.add(home.command("java", "-cp", System.getProperty("java.class.path"), Other.class.getName(), home.logs().toString()).start());
        }
        List<String> ids = new ArrayList<>(inThreads(Bgjob.open(home.logs())).stream().map(JobId::toString).toList());
        for (CliRun.Live other : others) {
            List<String> lines = other.await().lines();
            assertEquals("threads 1", lines.get(lines.size() - 1), "its main thread, and no other");
            ids.addAll(lines.subList(0, lines.size() - 1));
        }
        Set<String> different = new HashSet<>(ids);

        assertEquals(3 * THREADS * EACH, different.size());
        assertEquals(different, new HashSet<>(Bgjob.open(home.logs()).list(JobFilter.ALL).stream().map(job -> job.id().toString()).toList()));
        assertEquals(3 * THREADS * EACH, home.ok("list", "--quiet", "--all").lines().count());
    }

    @Test
    void no_thread_stays_behind() {
        Bgjob jobs = Bgjob.open(home.logs());
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        JobId id = jobs.submit("a", "sleep", "60");
        jobs.tail(id, 1);
        jobs.stop(id);
        jobs.follow(id, line -> { });
        jobs.result(id);

        Await.until("only java's own reaper of processes is new: " + fresh(before), () -> fresh(before).isEmpty());
        assertTrue(jobs.status(id).state() == JobState.STOPPED);
    }

    /** Threads of this test class's other neighbours come and go; the library's have names. */
    private static List<String> fresh(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread))
                .filter(thread -> List.of("starter", "progress").contains(thread.getName()) || thread.getName().matches("(stop |Tailer|Exec ).*"))
                .map(Thread::getName).toList();
    }
}
