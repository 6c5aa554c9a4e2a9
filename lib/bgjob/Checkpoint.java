package bgjob;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Small texts in a job's checkpoint directory, one a file; a kill at any moment leaves the one before or the new one. */
final class Checkpoint {
    /** What the files' names begin with; all else in the directory is the worker's own. */
    private static final String SAVED = "saved.";

    /** One thread at a time writes a file, since its part has one name; different files seldom wait for each other. */
    private static final Object[] LOCKS = Stream.generate(Object::new).limit(64).toArray();

    private final Path directory;

    /** @param directory what {@code $BGJOB_CHECKPOINT} names, or null: then nothing is kept */
    Checkpoint(Path directory) {
        this.directory = directory;
    }

    String saved(String key) {
        Path file = file(key);
        try {
            return file == null ? null : Files.readString(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw BgjobException.failed("cannot read the checkpoint " + file + ": " + e);
        }
    }

    void save(String key, String value) {
        Path file = file(key);
        if (file != null) {
            replace(file, value.getBytes(StandardCharsets.UTF_8), part(file));
        }
    }

    private Path file(String key) {
        String why = JobId.whyNotLabel(key);
        if (why != null) {
            throw BgjobException.usage("'" + key + "' is no name for something to keep: it " + why);
        }
        return directory == null ? null : directory.resolve(SAVED + key);
    }

    /** All is done: nobody will ask again. An empty directory goes with the job. */
    void forget() {
        File[] files = directory == null ? null
                : directory.toFile().listFiles((folder, name) -> name.startsWith(SAVED) || name.startsWith("." + SAVED));
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
    }

    static Path part(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".part");
    }

    static void replace(Path file, byte[] content, Path part) {
        try {
            synchronized (LOCKS[Math.floorMod(part.hashCode(), LOCKS.length)]) {
                Files.write(part, content);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw BgjobException.failed("cannot write " + file + ": " + e);
        }
    }
}
