package bgjob.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.support.Await;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    @TempDir
    Path dir;

    private Path log;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private volatile boolean ended;
    private final AtomicLong cursor = new AtomicLong(-1);
    private final AtomicInteger looks = new AtomicInteger();
    private Thread follower;

    @BeforeEach
    void name() {
        log = dir.resolve("x.log");
    }

    @AfterEach
    void end() throws InterruptedException {
        ended = true;
        if (follower != null) {
            follower.join();
        }
    }

    private boolean over() {
        looks.incrementAndGet();
        return ended;
    }

    private void follow(long from) {
        follower = new Thread(() -> cursor.set(new LogFollower(log.toString(), Gap.Source.NONE, from, this::show).run(this::over)));
        follower.start();
    }

    private synchronized void show(byte[] bytes, int from, int length) {
        shown.write(bytes, from, length);
    }

    private synchronized byte[] shown() {
        return shown.toByteArray();
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitShown(String text) {
        Await.until("shown: " + text, () -> new String(shown(), StandardCharsets.UTF_8).equals(text));
    }

    /** Until it has looked several times more, so that it would have shown what it should not. */
    private void awaitLooks() {
        int before = looks.get();
        Await.until("it has looked again", () -> looks.get() > before + 2);
    }

    private byte[] awaitEnd() throws InterruptedException {
        ended = true;
        Await.until("the follower returns", () -> !follower.isAlive());
        return shown();
    }

    @Nested
    class WhileTheJobRuns {
        @Test
        void lines_are_shown_as_they_come() throws Exception {
            write("one\n");
            follow(0);
            awaitShown("one\n");
            write("two\n");
            awaitShown("one\ntwo\n");
            awaitEnd();
            assertEquals(8, cursor.get());
        }

        @Test
        void an_unfinished_line_is_shown_without_waiting_for_its_end() throws Exception {
            follow(0);
            write("Password: ");
            awaitShown("Password: ");
            write("ok\n");
            awaitShown("Password: ok\n");
        }

        @Test
        void carriage_returns_reach_the_terminal() throws Exception {
            write("\r 10%\r 20%");
            follow(0);
            awaitShown("\r 10%\r 20%");
            write("\r\n\r\r\n");
            awaitShown("\r 10%\r 20%\r\n\r\r\n");
        }

        @Test
        void a_character_cut_in_two_is_put_together_again() throws Exception {
            byte[] text = "日本é😀\n".getBytes(StandardCharsets.UTF_8);
            follow(0);
            for (int i = 0; i < text.length; i++) {
                int end = i + 1;
                Files.write(log, new byte[] {text[i]}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Await.until("byte " + end + " is shown", () -> shown().length == end);
            }
            assertArrayEquals(text, shown());
        }

        @Test
        void a_log_that_is_not_there_yet_is_awaited() throws Exception {
            follow(0);
            awaitLooks();
            write("here\n");
            awaitShown("here\n");
        }

        @Test
        void a_log_that_is_only_touched_is_not_shown_again() throws Exception {
            write("once\n");
            follow(0);
            awaitShown("once\n");
            Files.setLastModifiedTime(log, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
            awaitLooks();
            Files.setLastModifiedTime(log, FileTime.fromMillis(0));
            awaitLooks();
            assertEquals("once\n", new String(awaitEnd(), StandardCharsets.UTF_8));
        }

        @Test
        void a_log_that_somebody_empties_is_shown_from_its_beginning() throws Exception {
            write("a long line of the beginning\n");
            follow(0);
            awaitShown("a long line of the beginning\n");
            Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            awaitLooks();
            write("new\n");
            awaitShown("a long line of the beginning\nnew\n");
            awaitEnd();
            assertEquals(4, cursor.get());
        }

        @Test
        void it_begins_where_it_is_told() throws Exception {
            write("0123456789");
            follow(7);
            awaitShown("789");
            write("ab");
            awaitShown("789ab");
            awaitEnd();
            assertEquals(12, cursor.get());
        }
    }

    @Nested
    class WhenTheJobHasEnded {
        @Test
        void all_that_is_there_is_shown_and_it_returns() throws Exception {
            write("all\nof it");
            ended = true;
            follow(0);
            assertEquals("all\nof it", new String(awaitEnd(), StandardCharsets.UTF_8));
            assertEquals(9, cursor.get());
        }

        @Test
        void what_was_written_just_before_the_end_is_shown() {
            for (int i = 0; i < 5; i++) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                long end = new LogFollower(log.toString(), Gap.Source.NONE, 0, out::write).run(() -> {
                    try {
                        Files.writeString(log, "last words\n"); // between the look at the log and the look at the job
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                    return true;
                });
                assertEquals("last words\n", out.toString(StandardCharsets.UTF_8));
                assertEquals(11, end);
                assertTrue(log.toFile().delete());
            }
        }

        @Test
        void a_log_that_never_came_to_be_keeps_nobody_waiting() throws Exception {
            ended = true;
            follow(0);
            assertEquals(0, awaitEnd().length);
        }

        @Test
        void binary_output_arrives_byte_for_byte() throws Exception {
            byte[] noise = new byte[1_000_003];
            new Random(11).nextBytes(noise);
            Files.write(log, noise);
            ended = true;
            follow(0);
            assertArrayEquals(noise, awaitEnd());
        }
    }

    @Test
    void one_endless_line_costs_no_memory() throws Exception {
        long length = 100_000_000;
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(length);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] counted = new long[1];
        LogFollower follower = new LogFollower(log.toString(), Gap.Source.NONE, 0, (bytes, from, n) -> counted[0] += n);
        long before = threads.getCurrentThreadAllocatedBytes();
        follower.run(() -> true);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(length, counted[0]);
        assertTrue(allocated < 4_000_000, allocated + " bytes allocated");
    }

    @Test
    void a_sink_that_fails_ends_it_with_the_reason() throws Exception {
        write("x");
        BgjobException failure = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThrows(BgjobException.class,
                () -> new LogFollower(log.toString(), Gap.Source.NONE, 0, (bytes, from, length) -> {
                    throw new IOException("full");
                }).run(() -> false)));

        assertEquals("cannot show " + log + ": full", failure.getMessage());
        assertEquals("full", failure.getCause().getMessage());
    }

    @Test
    void what_a_sink_throws_of_its_own_comes_out_as_it_is() throws Exception {
        write("x");
        for (Throwable mine : new Throwable[] {new IllegalStateException("mine"), BgjobException.notFound("mine"), new StackOverflowError()}) {
            assertSame(mine, assertThrows(Throwable.class, () -> new LogFollower(log.toString(), Gap.Source.NONE, 0, (bytes, from, length) -> {
                if (mine instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) mine;
            }).run(() -> false)));
        }
    }

    @Test
    void a_folder_in_the_place_of_the_log_is_said_to_be_no_log() throws Exception {
        Files.createDirectory(log);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Assertions.assertThrows(BgjobException.class,
                () -> new LogFollower(log.toString(), Gap.Source.NONE, 0, shown::write).run(() -> false)));

        assertEquals(0, shown.size());
    }
}
