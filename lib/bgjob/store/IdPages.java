package bgjob.store;

import bgjob.job.JobId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Many ids in a file of which a look-up reads a few kilobytes (docs/files.md, {@code index/ids}): first the newest, then all by
 * label and age, in pages of 1024 bytes. Each page begins with a checksum of its generation, number and text, so that a page that is
 * damaged or another's is noticed.
 */
final class IdPages implements AutoCloseable {
    /** How many ids can be asked for without regard to the label. */
    static final int NEWEST = 512;

    private static final String MAGIC = "bgjob-ids-1";
    private static final int PAGE = 1024;
    private static final int SUM = 9;

    private final RandomAccessFile file;
    private final String generation;
    private final int sorted;
    private final int pages;

    private IdPages(RandomAccessFile file, String generation, int sorted, int pages) {
        this.file = file;
        this.generation = generation;
        this.sorted = sorted;
        this.pages = pages;
    }

    /** @throws IOException when the file is missing, damaged or of another generation */
    static IdPages open(String path, String generation) throws IOException {
        AtomicFile.check(path);
        RandomAccessFile file = new RandomAccessFile(path, "r");
        try {
            List<String> head = lines(page(file, generation, 0));
            int sorted = head.size() == 3 && head.get(0).equals(MAGIC) ? Integer.parseInt(head.get(1)) : -1;
            int pages = sorted < 1 ? -1 : Integer.parseInt(head.get(2));
            if (pages < sorted || file.length() != (long) pages * PAGE) {
                throw new IOException("not a whole list of ids");
            }
            return new IdPages(file, generation, sorted, pages);
        } catch (NumberFormatException e) {
            file.close();
            throw new IOException("not a list of ids", e);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** @return the newest ids of all labels, newest first, at most {@link #NEWEST} and at least {@code most} if there are as many */
    List<JobId> newest(int most) throws IOException {
        List<JobId> ids = new ArrayList<>();
        for (int n = 1; n < sorted && ids.size() < most; n++) {
            addAll(ids, n);
        }
        return ids;
    }

    /** @return the newest ids of a label, newest first, at least {@code most} if there are as many */
    List<JobId> newest(String label, int most) throws IOException {
        int low = sorted;
        int high = pages;
        while (high - low > 1) { // the last page that does not begin behind the label
            int middle = (low + high) >>> 1;
            if (first(middle).label().compareTo(label) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        List<JobId> ids = new ArrayList<>();
        boolean before = false;
        for (int n = low; n >= sorted && n < pages && ids.size() < most && !before; n--) {
            List<JobId> page = new ArrayList<>();
            addAll(page, n);
            for (int i = page.size() - 1; i >= 0; i--) {
                int order = page.get(i).label().compareTo(label);
                before |= order < 0;
                if (order == 0) {
                    ids.add(page.get(i));
                }
            }
        }
        return ids;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** @return the bytes of the file for these ids, in any order */
    static byte[] bytes(List<JobId> all, String generation) {
        List<JobId> ids = new ArrayList<>(all);
        ids.sort(Comparator.reverseOrder());
        List<StringBuilder> texts = new ArrayList<>();
        texts.add(new StringBuilder());
        fill(texts, ids.subList(0, Math.min(NEWEST, ids.size())));
        int sorted = texts.size();
        Comparator<JobId> byLabel = Comparator.comparing(JobId::label); // here, since readers have no need of it
        ids.sort(byLabel.thenComparing(Comparator.naturalOrder()));
        fill(texts, ids);
        texts.get(0).append(MAGIC).append('\n').append(sorted).append('\n').append(texts.size()).append('\n');
        byte[] bytes = new byte[texts.size() * PAGE];
        Arrays.fill(bytes, (byte) '\n');
        for (int n = 0; n < texts.size(); n++) {
            byte[] text = texts.get(n).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, bytes, n * PAGE + SUM, text.length);
            byte[] sum = Checksum.hex(sum(generation, n, bytes, n * PAGE)).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(sum, 0, bytes, n * PAGE, sum.length);
        }
        return bytes;
    }

    private static void fill(List<StringBuilder> texts, List<JobId> ids) {
        StringBuilder text = null;
        for (JobId id : ids) {
            String line = id + "\n";
            if (text == null || text.length() + line.length() > PAGE - SUM) {
                text = new StringBuilder(PAGE);
                texts.add(text);
            }
            text.append(line);
        }
    }

    private JobId first(int page) throws IOException {
        String text = page(file, generation, page);
        return id(text.substring(0, Math.max(0, text.indexOf('\n'))));
    }

    private void addAll(List<JobId> ids, int page) throws IOException {
        for (String line : lines(page(file, generation, page))) {
            ids.add(id(line));
        }
    }

    private static JobId id(String line) throws IOException {
        JobId id = JobId.parse(line);
        if (id == null) {
            throw new IOException("'" + line + "' is no id");
        }
        return id;
    }

    private static String page(RandomAccessFile file, String generation, int number) throws IOException {
        byte[] bytes = new byte[PAGE];
        file.seek((long) number * PAGE);
        file.readFully(bytes);
        String sum = new String(bytes, 0, SUM - 1, StandardCharsets.ISO_8859_1);
        if (!sum.equals(Checksum.hex(sum(generation, number, bytes, 0)))) {
            throw new IOException("page " + number + " is damaged");
        }
        return new String(bytes, SUM, PAGE - SUM, StandardCharsets.ISO_8859_1);
    }

    private static int sum(String generation, int number, byte[] bytes, int from) {
        return Checksum.of(bytes, from + SUM - 1, from + PAGE, generation.hashCode() * 31 + number);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end > start; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        return lines;
    }
}
