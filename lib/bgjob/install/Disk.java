package bgjob.install;

import bgjob.job.BgjobException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Files as install needs them: written aside and renamed, and removed with all that is in them. */
final class Disk {
    private static final int MOST_READ = 1 << 16;

    private Disk() {
    }

    /** Writes a file whole: who reads it meanwhile sees the one before or this one. */
    static void write(Path file, String text, boolean executable) {
        Path aside = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.write(aside, text.getBytes(StandardCharsets.UTF_8));
            if (executable && !aside.toFile().setExecutable(true, false)) {
                throw new IOException("it cannot be made executable");
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            aside.toFile().delete();
            throw failure("write " + file, e);
        }
    }

    static void write(Path file, byte[] bytes) {
        folder(file.getParent());
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw failure("write " + file, e);
        }
    }

    static void folder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failure("make the directory " + folder, e);
        }
    }

    static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure("make " + to, e);
        }
    }

    /** @return the text of a regular file that is no link, as far as it matters, or null */
    static String text(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_READ), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether there is anything of that name, be it a link to nothing. */
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes a file or a folder with all in it; links are removed, not followed. */
    static void remove(Path path) {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // that is what was wanted
        } catch (IOException e) {
            throw failure("remove " + path, e);
        }
    }

    /** Removes a folder if nothing is in it. @return whether it is gone */
    static boolean removeEmpty(Path folder) {
        String[] left = folder.toFile().list();
        return left == null || left.length == 0 && folder.toFile().delete();
    }

    /** @return what holds the lock until it is closed or the process ends, or null where the file system knows no locks */
    static FileChannel lock(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return channel;
        } catch (IOException e) {
            if (channel == null) {
                throw failure("write " + file, e);
            }
            return channel;
        }
    }

    private static BgjobException failure(String what, IOException e) {
        String why = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e instanceof AccessDeniedException
                ? "permission denied" : String.valueOf(e.getMessage());
        return BgjobException.failed("cannot " + what + ": " + why + "; make that possible, or choose another place by --bin-dir, HOME or XDG_DATA_HOME");
    }

    /** @return what is at that path, in a few words */
    static String kind(Path path) {
        if (Files.isSymbolicLink(path)) {
            try {
                return "a link to " + Files.readSymbolicLink(path);
            } catch (IOException e) {
                return "a link";
            }
        }
        return new File(path.toString()).isDirectory() ? "a directory" : "another file";
    }
}
