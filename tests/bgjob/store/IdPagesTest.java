package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Look-ups in {@code index/ids} against a plain sort, in whole files and in damaged ones. */
class IdPagesTest {
    private static final String GENERATION = "mdk3x9-4711";
    private static final int PAGE = 1024;
    /** Names that are each other's beginning, or close to it. */
    private static final List<String> NAMES = List.of("a", "a_b", "a.b", "a-", "A", "z", "tests", "tests_", "tests_unit", "tests_20260101_000000", "0",
            "x".repeat(JobId.MAX_LABEL), "x".repeat(JobId.MAX_LABEL - 1) + "y");

    @TempDir
    Path temp;

    private Path file;

    /** @return distinct ids in no order, of {@code labels} labels */
    private static List<JobId> ids(int count, int labels, Random random) {
        TreeMap<String, JobId> ids = new TreeMap<>();
        while (ids.size() < count) {
            int n = random.nextInt(labels);
            String label = n < NAMES.size() ? NAMES.get(n) : "label" + n;
            String stamp = (20260101 + random.nextInt(28)) + "_" + (100000 + random.nextInt(60));
            JobId id = new JobId(label, stamp, 1 + random.nextInt(2000));
            ids.put(id.toString(), id);
        }
        List<JobId> shuffled = new ArrayList<>(ids.values());
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private void write(byte[] bytes) throws IOException {
        file = Files.write(temp.resolve("ids"), bytes);
    }

    /** What a plain sort says. */
    private static List<JobId> model(List<JobId> all, String label) {
        List<JobId> ids = new ArrayList<>();
        for (JobId id : all) {
            if (label == null || id.label().equals(label)) {
                ids.add(id);
            }
        }
        ids.sort(Collections.reverseOrder());
        return ids;
    }

    private static void assertNewest(List<JobId> model, List<JobId> said, int most, int limit) {
        int least = Math.min(Math.min(most, model.size()), limit);

        assertTrue(said.size() >= least, () -> said.size() + " of " + least);
        assertEquals(model.subList(0, Math.min(said.size(), model.size())).toString(), said.toString());
    }

    private void assertRight(List<JobId> all, List<String> labels) throws IOException {
        try (IdPages pages = IdPages.open(file.toString(), GENERATION)) {
            for (int most : new int[] {1, 2, 20, 511, 512}) {
                assertNewest(model(all, null), pages.newest(most), most, IdPages.NEWEST);
            }
            for (String label : labels) {
                for (int most : new int[] {1, 20, Integer.MAX_VALUE}) {
                    assertNewest(model(all, label), pages.newest(label, most), most, Integer.MAX_VALUE);
                }
            }
        }
    }

    private static List<String> labels(List<JobId> all) {
        List<String> labels = new ArrayList<>(NAMES);
        all.stream().map(JobId::label).distinct().forEach(labels::add);
        labels.addAll(List.of("", "!", "a_", "b", "tests_20260101", "x", "zzz", "label", "label1", "\u007f"));
        return labels;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "511, 3", "512, 13", "513, 20", "3000, 1", "5000, 2", "3000, 3000", "20000, 40"})
    void every_look_up_says_what_a_plain_sort_says(int count, int labels) throws Exception {
        long seed = System.nanoTime();
        List<JobId> all = ids(count, labels, new Random(seed));
        write(IdPages.bytes(all, GENERATION));

        try {
            List<String> asked = labels(all);
            assertRight(all, asked.subList(0, Math.min(asked.size(), 400)));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void a_look_up_reads_few_pages_of_many() throws Exception {
        List<JobId> all = ids(20_000, 40, new Random(3));
        byte[] bytes = IdPages.bytes(all, GENERATION);
        int pages = bytes.length / PAGE;
        int read = 0;
        for (int n = 1; n < pages; n++) {
            byte[] damaged = bytes.clone();
            damaged[n * PAGE + 500] ^= 1;
            write(damaged);
            try (IdPages one = IdPages.open(file.toString(), GENERATION)) {
                one.newest("tests", 1);
            } catch (IOException e) {
                read++; // it came across the damage
            }
        }

        assertTrue(pages > 400 && read > 0 && read < 15, read + " of " + pages);
    }

    /** Whatever the file holds: a right answer or none. @return whether an answer was given */
    private boolean rightOrNothing(List<JobId> all) {
        boolean said = false;
        for (String label : new String[] {null, "a", "a_b", "z", "none"}) {
            List<JobId> ids;
            try (IdPages pages = IdPages.open(file.toString(), GENERATION)) {
                ids = label == null ? pages.newest(20) : pages.newest(label, 20);
            } catch (IOException e) {
                continue;
            }
            assertNewest(model(all, label), ids, 20, IdPages.NEWEST);
            said = true;
        }
        return said;
    }

    @Test
    void one_changed_byte_anywhere_gives_no_wrong_answer() throws Exception {
        Random random = new Random(4);
        List<JobId> all = ids(60, 6, random);
        byte[] bytes = IdPages.bytes(all, GENERATION);
        int silent = 0;
        for (int at = 0; at < bytes.length; at++) {
            byte was = bytes[at];
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            write(bytes);
            silent += rightOrNothing(all) ? 0 : 1;
            bytes[at] = was;
        }

        assertTrue(silent >= PAGE, "without its first page nothing is said: " + silent);
    }

    @Test
    void a_file_of_any_other_length_says_nothing() throws Exception {
        List<JobId> all = ids(60, 6, new Random(5));
        byte[] bytes = IdPages.bytes(all, GENERATION);
        for (int length = 0; length < bytes.length; length += length % PAGE < 40 ? 1 : 97) {
            write(Arrays.copyOf(bytes, length));
            assertThrows(IOException.class, () -> IdPages.open(file.toString(), GENERATION));
        }
        for (int more : new int[] {1, PAGE, 5 * PAGE}) {
            write(Arrays.copyOf(bytes, bytes.length + more));
            assertThrows(IOException.class, () -> IdPages.open(file.toString(), GENERATION));
        }
    }

    @Test
    void pages_in_each_others_place_give_no_wrong_answer() throws Exception {
        List<JobId> all = ids(200, 6, new Random(6));
        byte[] bytes = IdPages.bytes(all, GENERATION);
        int pages = bytes.length / PAGE;
        for (int one = 0; one < pages; one++) {
            for (int other = 0; other < pages; other++) {
                byte[] copied = bytes.clone();
                System.arraycopy(bytes, other * PAGE, copied, one * PAGE, PAGE);
                write(copied);
                rightOrNothing(all);
                System.arraycopy(bytes, one * PAGE, copied, other * PAGE, PAGE);
                write(copied);
                rightOrNothing(all);
            }
        }
    }

    @Test
    void pages_of_another_generation_say_nothing() throws Exception {
        List<JobId> before = ids(60, 6, new Random(7));
        List<JobId> all = new ArrayList<>(before);
        all.add(JobId.parse("a_20270101_000000"));
        byte[] old = IdPages.bytes(before, "mdk3x8-4711");
        write(old);
        assertThrows(IOException.class, () -> IdPages.open(file.toString(), GENERATION));
        byte[] bytes = IdPages.bytes(all, GENERATION);
        for (int n = 0; n < Math.min(old.length, bytes.length) / PAGE; n++) {
            byte[] mixed = bytes.clone();
            System.arraycopy(old, n * PAGE, mixed, n * PAGE, PAGE);
            write(mixed);
            rightOrNothing(all);
        }
    }

    @Test
    void random_bytes_and_no_file_say_nothing() throws Exception {
        byte[] bytes = new byte[8 * PAGE];
        for (int i = 0; i < 100; i++) {
            new Random(i).nextBytes(bytes);
            write(bytes);
            assertThrows(IOException.class, () -> IdPages.open(file.toString(), GENERATION));
        }
        Files.delete(file);
        assertThrows(FileNotFoundException.class, () -> IdPages.open(file.toString(), GENERATION));
    }
}
