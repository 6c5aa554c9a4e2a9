package bgjob.store;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that come into being whole or not at all. Only their owner may use them, whatever the umask. */
final class AtomicFile {
    static final Set<PosixFilePermission> PRIVATE = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    static final Set<PosixFilePermission> PRIVATE_PROGRAM =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** Why what stands in a file's place is not opened: a pipe would be waited for, a device may never end. */
    static final String NO_FILE = "not a regular file";

    private AtomicFile() {
    }

    /** @throws IOException when something else than a file, or a link to one, stands there; nothing at all is fine */
    static void check(String path) throws IOException {
        File file = new File(path);
        if (!file.isFile() && file.exists()) {
            throw new IOException(NO_FILE);
        }
    }

    /** Makes an empty file that was not there; fails with FileAlreadyExistsException when it was, a dangling link included. */
    static void create(Path file, Set<PosixFilePermission> mode) throws IOException {
        open(file, mode).close();
    }

    /** Writes beside {@code file} and renames; on failure nothing is left but what was there before. */
    static void write(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        String own = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + own);
        boolean done = false;
        try {
            Files.deleteIfExists(fresh);
            try (SeekableByteChannel out = open(fresh, mode)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(fresh);
            }
        }
    }

    /** Adds bytes behind those that are there, in one write; a file that is missing stays so: it may just have been removed. A link is not followed. */
    static void append(Path file, byte[] bytes) throws IOException {
        check(file.toString());
        try (SeekableByteChannel out = Files.newByteChannel(file, Set.of(StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))) {
            out.write(ByteBuffer.wrap(bytes));
        }
    }

    private static SeekableByteChannel open(Path file, Set<PosixFilePermission> mode) throws IOException {
        Set<OpenOption> how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return Files.newByteChannel(file, how, PosixFilePermissions.asFileAttribute(mode));
    }
}
