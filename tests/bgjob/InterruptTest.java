package bgjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.core.JobFilter;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.support.JobHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thread that is interrupted while it starts a job learns the job's id all the same. */
class InterruptTest {
    private static final int TIMES = 40;
    private static final long STEP_NANOS = 1_500_000;

    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private Bgjob jobs;

    @BeforeEach
    void open() {
        jobs = Bgjob.open(home.logs());
    }

    /** One call in a thread of its own. */
    private static final class Call {
        private JobId answer;
        private Throwable thrown;
        private boolean interrupted;

        /** @param nanos how long after its begin it is interrupted, 0 for before */
        Call(Function<String, JobId> start, String label, long nanos) throws InterruptedException {
            Thread thread = new Thread(() -> {
                if (nanos == 0) {
                    Thread.currentThread().interrupt();
                }
                try {
                    answer = start.apply(label);
                } catch (Throwable e) {
                    thrown = e;
                }
                interrupted = Thread.currentThread().isInterrupted();
            });
            thread.start();
            for (long end = System.nanoTime() + nanos; System.nanoTime() < end && thread.isAlive();) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            thread.join();
        }
    }

    /** Interrupts calls at one moment after the other. */
    private void interrupted(Function<String, JobId> start) throws Exception {
        List<JobId> answers = new ArrayList<>();
        int noted = 0;
        for (int i = 0; i < TIMES; i++) {
            Call call = new Call(start, "a" + i, i * STEP_NANOS);
            assertNull(call.thrown, () -> "an interrupt cut it short: " + call.thrown);
            noted += call.interrupted ? 1 : 0;
            answers.add(call.answer);
        }
        assertTrue(noted > 0, "no interrupt came in time");
        jobs.awaitAll(answers, Duration.ofSeconds(60));
        assertEquals(Set.copyOf(answers), Set.copyOf(jobs.list(JobFilter.ALL).stream().map(Job::id).toList()));
        assertEquals(names(answers), names());
    }

    private static Set<String> names(List<JobId> ids) {
        Set<String> names = new TreeSet<>();
        ids.forEach(id -> names.add(id + ".log"));
        return names;
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home.logs())) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".log")).toList());
        }
    }

    @Test
    void a_job_that_was_started_is_answered() throws Exception {
        interrupted(label -> jobs.submit(JobSpec.builder(label, "true").in(home.work()).build()));
    }

    @Test
    void so_is_one_for_which_git_saves_the_changes() throws Exception {
        home.write("changed", "not committed\n");
        interrupted(label -> jobs.submit(JobSpec.builder(label, "true").in(home.work()).snapshot().build()));
    }

    @Test
    void so_is_a_batch() throws Exception {
        interrupted(label -> jobs.batches().submit(JobSpec.builder(label, "true").in(home.work()).build(), 2, List.of("x", "y")));
    }

    @Test
    void one_that_cannot_be_started_says_so_and_leaves_nothing() throws Exception {
        Call call = new Call(label -> jobs.submit(JobSpec.builder(label, "true").in(home.work().resolve("none")).build()), "a", 0);
        assertEquals("working directory '" + home.work().resolve("none") + "' is no directory", ((BgjobException) call.thrown).getMessage());
        assertTrue(call.interrupted);
        assertEquals(InterruptTest.class.getName(), Stream.of(call.thrown.getStackTrace()).map(StackTraceElement::getClassName)
                .filter(name -> name.endsWith("Test")).findFirst().orElse(null), "the trace shows who called");
        assertTrue(Files.notExists(home.logs()));
    }
}
