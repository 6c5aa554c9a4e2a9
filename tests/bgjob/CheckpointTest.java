package bgjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a worker saves is there as it was saved, whoever kills it or saves beside it. */
class CheckpointTest {
    private static final int LENGTH = 200_000;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private static String text(long n) {
        return (n + ";").repeat(LENGTH / (Long.toString(n).length() + 1));
    }

    /** @return the number that a text was made of; it must be all of that text */
    private static long number(String text) {
        long n = Long.parseLong(text.substring(0, text.indexOf(';')));
        assertTrue(text.equals(text(n)), "a torn one, of " + text.length() + " characters, begins with " + n);
        return n;
    }

    /** Saves one number after the other until it is killed. */
    public static final class Saver {
        private Saver() {
        }

        public static void main(String... args) {
            Checkpoint kept = new Checkpoint(Path.of(args[0]));
            String before = kept.saved("n");
            for (long n = before == null ? 1 : number(before) + 1;; n++) {
                kept.save("n", text(n));
            }
        }
    }

    @Test
    void killed_at_any_moment_it_leaves_the_old_or_the_new_one() throws Exception {
        Random random = new Random();
        Path saved = home.work().resolve("saved.n");
        long last = 0;
        for (int i = 0; i < 5; i++) {
            CliRun.Live saver = home.command("java", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Saver.class.getName(),
                    home.work().toString()).exitsAnyhow().start();
            long enough = last + 1 + random.nextInt(300);
            Await.until("it has saved " + enough, () -> new Checkpoint(home.work()).saved("n") != null && number(new Checkpoint(home.work()).saved("n")) >= enough);
            saver.process().signal("KILL");
            saver.await();
            long now = number(Files.readString(saved));
            assertTrue(now >= enough, now + " is older than " + enough);
            last = now;
        }
        new Checkpoint(home.work()).forget();
        assertEquals(List.of(), List.of(home.work().toFile().list()));
    }

    @Test
    void threads_that_save_the_same_name_leave_one_of_theirs_whole() throws Exception {
        Checkpoint kept = new Checkpoint(home.work());
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int first = 100 * i;
            Thread thread = new Thread(() -> {
                for (int n = first; n < first + 60; n++) {
                    kept.save("n", text(n));
                    number(kept.saved("n"));
                }
            });
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(59, number(kept.saved("n")) % 100);
    }
}
