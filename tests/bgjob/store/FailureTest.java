package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
    @TempDir
    Path dir;

    @Test
    void the_reason_is_the_systems_and_names_no_path() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), "");
        IOException notThere = assertThrows(IOException.class, () -> Files.readString(dir.resolve("none")));
        IOException below = assertThrows(IOException.class, () -> Files.createDirectory(file.resolve("sub")));
        IOException full = assertThrows(IOException.class, () -> Files.move(dir, file.resolve("x")));
        IOException openDirectory = assertThrows(FileNotFoundException.class, () -> new FileInputStream(dir.toFile()).close());
        IOException openMissing = assertThrows(FileNotFoundException.class,
                () -> new FileOutputStream(dir.resolve("no/ne").toFile()).close());

        assertEquals("no such file or directory", Failure.reason(notThere));
        assertEquals("not a directory", Failure.reason(below));
        assertEquals("not a directory", Failure.reason(full));
        assertEquals("is a directory", Failure.reason(openDirectory));
        assertEquals("no such file or directory", Failure.reason(openMissing));
        assertEquals("permission denied", Failure.reason(new AccessDeniedException("/x")));
        assertEquals("not a directory", Failure.reason(new NotDirectoryException("/x")));
    }

    @Test
    void a_path_with_brackets_is_not_taken_for_the_reason() {
        assertEquals("is a directory", Failure.reason(new FileNotFoundException("/a (copy)/b (Is a directory)")));
    }

    @Test
    void a_full_disk_is_named() {
        assumeTrue(new File("/dev/full").exists(), "missing tool: /dev/full");
        IOException full = assertThrows(IOException.class, () -> {
            try (FileOutputStream out = new FileOutputStream("/dev/full")) {
                out.write(1);
            }
        });

        assertEquals("no space left on device", Failure.reason(full));
    }

    @Test
    void a_failure_without_a_text_has_its_type() {
        assertEquals("IOException", Failure.reason(new IOException()));
    }

    @Test
    void what_is_in_the_way_is_no_reason_by_its_path_alone() throws Exception {
        Path file = Files.writeString(dir.resolve("f"), "");
        IOException exists = assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(file));

        assertEquals("file exists", Failure.reason(exists));
    }
}
