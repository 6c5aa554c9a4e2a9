package bgjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.core.JobFilter;
import bgjob.core.PruneRequest;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.JobState;
import bgjob.job.Kind;
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
    private static final Duration LONG = Duration.ofSeconds(60);

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

    /** What it starts and does leaves no thread of any name or kind, but java's own that reaps ended processes. */
    public static final class Everything {
        private Everything() {
        }

        public static void main(String... args) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            Bgjob jobs = Bgjob.open(Path.of(args[0]));
            JobId id = jobs.submit(JobSpec.builder("a", "sh", "-c", "echo x; exec sleep 60").queue("q").build());
            JobId batch = jobs.batches().submit(JobSpec.of("b", "echo"), 2, List.of("1", "2"));
            jobs.follow(batch, line -> { });
            jobs.awaitAll(List.of(batch), Duration.ofSeconds(60));
            jobs.tail(id, 1);
            jobs.pause(id);
            jobs.resume(id);
            jobs.stop(id);
            jobs.await(jobs.rerun(batch), Duration.ofSeconds(60));
            jobs.result(id);
            jobs.runs().statistics(null, null);
            jobs.prune(PruneRequest.ALL_BUT_THE_NEWEST);
            Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
            after.removeAll(before);
            after.forEach(thread -> System.out.println(thread.getName()));
        }
    }

    @Test
    void no_thread_stays_behind() {
        List<String> left = home.command("java", "-cp", System.getProperty("java.class.path"), Everything.class.getName(), home.logs().toString()).run().lines();

        assertEquals(List.of(), left.stream().filter(name -> !name.isEmpty() && !name.matches("process reaper.*|Common-Cleaner|Attach Listener")).toList());
    }

    @Test
    void threads_that_share_one_may_do_anything_to_the_same_jobs() throws Exception {
        Bgjob jobs = Bgjob.open(home.logs());
        JobId paused = jobs.submit("paused", "sh", "-c", "[ $BGJOB_ATTEMPT -gt 1 ] || exit 75");
        jobs.await(paused, LONG);
        JobId slow = jobs.submit("slow", "sh", "-c", "trap 'exit 0' TERM; sleep 60 & wait");
        JobId lines = jobs.submit("lines", "sh", "-c", "n=0; while [ $n -lt 2000 ]; do n=$((n + 1)); echo line $n; done");
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<JobId> resumed = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            int n = i;
            Thread thread = new Thread(() -> {
                List<String> seen = new ArrayList<>();
                jobs.follow(lines, seen::add);
                assertEquals(2000, seen.size());
                try {
                    resumed.add(jobs.resume(paused));
                } catch (BgjobException e) {
                    assertEquals(Kind.FAILED, e.kind(), e.getMessage());
                }
                jobs.queues().slots("q" + n % 2, 1 + n % 3);
                JobId own = jobs.submit(JobSpec.builder("own", "echo", "mine " + n).queue("q" + n % 2).build());
                jobs.list(JobFilter.ALL);
                jobs.queues().all();
                assertEquals(JobState.COMPLETED, jobs.await(own, LONG).state());
                assertEquals("mine " + n + "\n", jobs.logs(own, 0).text());
                assertEquals(List.of(), jobs.stop(slow).survivors());
                jobs.prune(PruneRequest.ALL_BUT_THE_NEWEST.label("none"));
                jobs.runs().statistics(null, null);
            });
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertTrue(!resumed.isEmpty(), "nobody could go on with it");
        resumed.forEach(id -> assertEquals(JobState.COMPLETED, jobs.await(id, LONG).state()));
        assertEquals(JobState.STOPPED, jobs.status(slow).state());
        assertEquals(2 * THREADS, jobs.list(JobFilter.ALL.label("own")).size());
    }
}
