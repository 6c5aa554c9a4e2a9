package bgjob.job;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch's items as text: a list that a user gives, and the items file, which the job's shell reads as a script. A line of that is
 * {@code bgjob_i NUMBER ITEM}, and behind it the item for people where that is another text.
 */
public final class BatchItems {
    private static final String WORD = "bgjob_i ";

    private BatchItems() {
    }

    /**
     * @param list what the user gave
     * @param nul whether items end with a NUL, and may then be empty; else each line that is not empty is one
     * @return the items, numbered from 1
     * @throws BgjobException of kind USAGE for a line with a NUL in it
     */
    public static List<BatchItem> of(byte[] list, boolean nul) {
        List<BatchItem> items = new ArrayList<>();
        byte end = (byte) (nul ? 0 : '\n');
        int start = 0;
        for (int i = 0; i <= list.length; i++) {
            if (i < list.length && list[i] != end) {
                if (list[i] == 0) {
                    throw BgjobException.usage("item " + (items.size() + 1) + " holds a NUL, which no argument can; is the list meant for --null?");
                }
                continue;
            }
            if (i > start || nul && i < list.length) {
                items.add(new BatchItem(items.size() + 1, new String(list, start, i - start, StandardCharsets.ISO_8859_1)));
            }
            start = i + 1;
        }
        return items;
    }

    /** @return the items file */
    public static byte[] write(List<BatchItem> items) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(32 * items.size());
        for (BatchItem item : items) {
            String text = item.bytes();
            byte[] shown = item.shown().getBytes(StandardCharsets.UTF_8);
            String name = new String(shown, StandardCharsets.ISO_8859_1);
            String line = WORD + item.number() + " " + ShellWords.quote(text) + (name.equals(text) ? "" : " " + ShellWords.quote(name)) + "\n";
            file.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        return file.toByteArray();
    }

    /** @return what {@link #write} wrote; what is damaged is left out */
    public static List<BatchItem> read(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<BatchItem> items = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == '\\' && !quoted) {
                i++; // the quote behind it is the item's own
            } else if (c == '\n' && !quoted) {
                List<String> words = ShellWords.split(text.substring(start, i));
                long number = words.size() < 3 ? -1 : Facts.parse(words.get(1));
                if (number > 0) {
                    items.add(new BatchItem((int) number, words.get(2)));
                }
                start = i + 1;
            }
        }
        return items;
    }
}
