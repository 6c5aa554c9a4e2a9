package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import bgjob.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A {@code .logs} directory of many jobs with an index of them, and the question whether every answer is that of a fresh listing. */
final class IndexedLogs {
    /** Names of the index's files that hold something. */
    static final List<String> FILES = List.of("ids", "new", "stamp");

    private static final int JOBS = 150;
    private static final List<String> LABELS = List.of("a", "a_b", "build", "tests", "tests_unit");

    final Path path;
    final LogsDir dir;
    final JobIds ids;

    IndexedLogs(Path path) throws IOException {
        this.path = Files.createDirectories(path);
        this.dir = new LogsDir(path.toString());
        this.ids = new JobIds(dir);
        Files.createDirectories(path.resolve("jobs"));
        Files.writeString(path.resolve(".gitignore"), "*\n");
        for (int i = 0; i < JOBS; i++) {
            finished(LABELS.get(i % LABELS.size()) + "_20260101_" + (100000 + i * 7919 % 1000));
        }
        index();
    }

    /** Puts the files of a finished job there, as another program would. */
    void finished(String id) throws IOException {
        Files.writeString(path.resolve(id + ".log"), "");
        Files.writeString(path.resolve(id + ".meta"), "pid=1\n");
        Files.writeString(path.resolve(id + ".exit"), "0\n");
    }

    /** Records a job as its leader does. */
    void record(JobId id) throws IOException {
        ids.change(() -> Files.writeString(path.resolve(id + ".meta"), "pid=1\n"));
    }

    /** Has an index made where none is valid. */
    void index() {
        ids.newest("a");
        assertNotNull(IdIndex.open(dir), "there is a valid index");
    }

    boolean indexed() {
        return IdIndex.open(dir) != null;
    }

    Path file(String name) {
        return path.resolve("index").resolve(name);
    }

    byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(file(name));
    }

    String generation() throws IOException {
        String stamp = Files.readString(file("stamp"));
        return stamp.substring(0, stamp.indexOf(' '));
    }

    /** Writes one of the index's files without a trace in the stamp's time: only the content gives it away. */
    void forge(String name, byte[] content) {
        try {
            Files.write(file(name), content);
            if (Files.exists(file("stamp"))) {
                FileTime time = Files.getLastModifiedTime(path);
                Files.setLastModifiedTime(file("stamp"), time);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that can be asked about a directory's jobs. */
    private record Question(String text, Callable<List<String>> asked, Callable<List<String>> truth) {
    }

    /** Each of these, and how the answer follows from a fresh listing. */
    private List<Question> questions() {
        List<String> labels = new ArrayList<>(LABELS);
        labels.addAll(List.of("new", "other", "none", "test", "tests_", "same"));
        labels.add(null);
        List<Question> questions = new ArrayList<>();
        for (String label : labels) {
            questions.add(new Question("newest(" + label + ")", () -> List.of(String.valueOf(ids.newest(label))),
                    () -> List.of(String.valueOf(Scan.of(dir).newest(label)))));
            for (int most : new int[] {1, 3, 20, 511, 512, 513, 100_000}) {
                questions.add(new Question("newest(" + label + ", " + most + ")", () -> names(ids.newest(label, most)), () -> {
                    List<JobId> all = Scan.of(dir).ids(label);
                    return names(all.subList(0, Math.min(most, all.size())));
                }));
            }
            questions.add(new Question("all(" + label + ")", () -> names(ids.all(label)), () -> names(Scan.of(dir).ids(label))));
        }
        questions.add(new Question("labels()", () -> new ArrayList<>(ids.labels()), () -> new ArrayList<>(Scan.of(dir).labels())));
        return questions;
    }

    private static List<String> names(List<JobId> ids) {
        List<String> names = new ArrayList<>();
        for (JobId id : ids) {
            names.add(id.toString());
        }
        return names;
    }

    /** Something done to the directory or its index. */
    interface Deed {
        void now() throws Exception;
    }

    /** Every question gets the answer of a fresh listing. */
    void agrees() throws Exception {
        agrees(() -> { });
    }

    /** So too when each question is the first one after the deed. */
    void agrees(Deed before) throws Exception {
        for (Question question : questions()) {
            before.now();
            List<String> said = question.asked().call();
            assertEquals(question.truth().call(), said, question.text());
        }
    }

    /** Like {@link #agrees(Deed)} with a deed that takes long: some of the questions must do. */
    void agreesNowAndThen(Deed before) throws Exception {
        for (int round = 0; round < 92; round += 13) {
            before.now();
            agreesOnce(round);
        }
    }

    /** The next question alone gets the answer of a fresh listing; which one it is goes round. */
    void agreesOnce(int round) throws Exception {
        List<Question> questions = questions();
        Question question = questions.get(round % questions.size());
        List<String> said = question.asked().call();
        assertEquals(question.truth().call(), said, question.text());
    }
}
