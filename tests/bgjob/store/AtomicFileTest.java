package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path dir;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_file_is_made_empty_and_private() throws Exception {
        AtomicFile.create(dir.resolve("a"), AtomicFile.PRIVATE);
        AtomicFile.create(dir.resolve("b"), AtomicFile.PRIVATE_PROGRAM);

        assertEquals(0, Files.size(dir.resolve("a")));
        assertEquals("rw-------", mode(dir.resolve("a")));
        assertEquals("rwx------", mode(dir.resolve("b")));
    }

    @Test
    void what_is_there_is_not_made_again_a_dangling_link_included() throws Exception {
        Path file = Files.writeString(dir.resolve("a"), "kept");
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("nowhere"));

        assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(file, AtomicFile.PRIVATE));
        assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(link, AtomicFile.PRIVATE));
        assertEquals("kept", Files.readString(file));
        assertFalse(Files.exists(dir.resolve("nowhere")));
    }

    @Test
    void a_file_is_written_whole_with_its_mode_and_nothing_is_left_beside_it() throws Exception {
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) 'x');
        AtomicFile.write(dir.resolve("a"), content, AtomicFile.PRIVATE_PROGRAM);

        assertArrayEquals(content, Files.readAllBytes(dir.resolve("a")));
        assertEquals("rwx------", mode(dir.resolve("a")));
        assertEquals(List.of("a"), names());
    }

    @Test
    void a_file_that_was_there_is_replaced_a_link_itself_and_not_what_it_names() throws Exception {
        Path other = Files.writeString(dir.resolve("other"), "kept");
        Files.createSymbolicLink(dir.resolve("a"), other);
        AtomicFile.write(dir.resolve("a"), "new".getBytes(StandardCharsets.US_ASCII), AtomicFile.PRIVATE);

        assertEquals("new", Files.readString(dir.resolve("a")));
        assertFalse(Files.isSymbolicLink(dir.resolve("a")));
        assertEquals("kept", Files.readString(other));
    }

    @Test
    void a_write_that_fails_leaves_what_was_there() throws Exception {
        Path occupied = Files.createDirectory(dir.resolve("a"));
        Files.writeString(occupied.resolve("inside"), "kept");

        assertThrows(IOException.class, () -> AtomicFile.write(occupied, new byte[] {1}, AtomicFile.PRIVATE));
        assertThrows(IOException.class, () -> AtomicFile.write(dir.resolve("none/b"), new byte[] {1}, AtomicFile.PRIVATE));
        assertEquals(List.of("a"), names());
        assertEquals("kept", Files.readString(occupied.resolve("inside")));
    }

    @Test
    void a_leftover_of_a_write_that_was_killed_is_in_nobodys_way() throws Exception {
        Files.writeString(dir.resolve(".a." + ProcessHandle.current().pid()), "half");
        AtomicFile.write(dir.resolve("a"), new byte[] {'1'}, AtomicFile.PRIVATE);

        assertEquals("1", Files.readString(dir.resolve("a")));
    }

    @Test
    void a_reader_sees_the_old_content_or_the_new_and_nothing_between() throws Exception {
        Path file = dir.resolve("a");
        byte[] a = "a".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        byte[] b = "b".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
        AtomicFile.write(file, a, AtomicFile.PRIVATE);
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<Object> wrong = new ConcurrentLinkedQueue<>();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                try {
                    byte[] seen = Files.readAllBytes(file);
                    if (!Arrays.equals(seen, a) && !Arrays.equals(seen, b)) {
                        wrong.add(seen.length + " bytes");
                    }
                } catch (IOException e) {
                    wrong.add(e);
                }
            }
        });
        reader.start();
        for (int i = 0; i < 200; i++) {
            AtomicFile.write(file, i % 2 == 0 ? b : a, AtomicFile.PRIVATE);
        }
        over.set(true);
        reader.join();

        assertTrue(wrong.isEmpty(), wrong.toString());
    }

    @Test
    void several_threads_may_write_one_file_at_once() throws Exception {
        ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        Thread[] writers = new Thread[8];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new Thread(() -> {
                try {
                    go.await();
                    for (int n = 0; n < 50; n++) {
                        AtomicFile.write(dir.resolve("a"), "whole".getBytes(StandardCharsets.US_ASCII), AtomicFile.PRIVATE);
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            writers[i].start();
        }
        go.countDown();
        for (Thread writer : writers) {
            writer.join();
        }

        assertTrue(failures.isEmpty(), () -> failures.size() + " failed, the first with " + failures.peek());
        assertEquals("whole", Files.readString(dir.resolve("a")));
        assertEquals(List.of("a"), names());
    }
}
