package bgjob.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The {@code key=value} facts of a job in the order recorded. A key may come again: the first says what was, the last what is. Read from
 * bytes, a fact becomes text only when it is asked for: {@code list} reads twenty metas, and needs a third of each.
 */
public final class Facts {
    private static final byte[] NONE = {};
    private static final int ROOM = 32;

    private final byte[] bytes;
    /** Where in the bytes a fact's key begins, where its key ends, where its value ends. */
    private int[] places = new int[3 * ROOM];
    private String[] keys = new String[ROOM];
    private String[] values = new String[ROOM];
    private int size;

    /** No facts. */
    public Facts() {
        this(NONE);
    }

    private Facts(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @return the facts on the lines of a meta (docs/files.md); lines that hold none, and a last one that is not ended, do not count */
    public static Facts of(byte[] bytes) {
        Facts facts = new Facts(bytes);
        int start = 0;
        int equals = -1;
        boolean key = true;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                if (equals > start) {
                    facts.place(start, equals, i);
                }
                start = i + 1;
                equals = -1;
                key = true;
            } else if (equals < 0 && key) {
                if (b == '=') {
                    equals = i;
                } else {
                    key = b >= 'a' && b <= 'z' || b == '_' || b >= '0' && b <= '9';
                }
            }
        }
        return facts;
    }

    private void place(int start, int equals, int end) {
        grow();
        places[3 * size] = start;
        places[3 * size + 1] = equals;
        places[3 * size + 2] = end;
        size++;
    }

    /** Adds a fact behind the others. */
    public void add(String key, String value) {
        grow();
        keys[size] = key;
        values[size] = value;
        size++;
    }

    private void grow() {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            places = Arrays.copyOf(places, 6 * size);
        }
    }

    /** @return how many facts there are */
    public int size() {
        return size;
    }

    /** @return the key of the fact in that place, from 0 */
    public String key(int i) {
        if (keys[i] == null) {
            keys[i] = new String(bytes, places[3 * i], places[3 * i + 1] - places[3 * i], StandardCharsets.US_ASCII);
        }
        return keys[i];
    }

    /** @return its value, as it was before it was quoted */
    public String value(int i) {
        if (values[i] == null) {
            int start = places[3 * i + 1] + 1;
            String written = new String(bytes, start, places[3 * i + 2] - start, StandardCharsets.UTF_8);
            boolean quoted = written.length() > 2 && written.startsWith("$'") && written.endsWith("'");
            values[i] = quoted ? ShellWords.undollar(written) : written;
        }
        return values[i];
    }

    private boolean is(int i, String key) {
        if (keys[i] != null) {
            return keys[i].equals(key);
        }
        int start = places[3 * i];
        int length = places[3 * i + 1] - start;
        if (length != key.length()) {
            return false;
        }
        for (int n = 0; n < length; n++) {
            if (bytes[start + n] != key.charAt(n)) {
                return false;
            }
        }
        return true;
    }

    /** @return the first value of {@code key}, or null when it is absent or empty */
    public String first(String key) {
        for (int i = 0; i < size; i++) {
            if (is(i, key)) {
                return value(i).isEmpty() ? null : value(i);
            }
        }
        return null;
    }

    /** @return the last value of {@code key}, or null when it is absent or empty */
    public String last(String key) {
        for (int i = size - 1; i >= 0; i--) {
            if (is(i, key)) {
                return value(i).isEmpty() ? null : value(i);
            }
        }
        return null;
    }

    /** @return the first value of {@code key} as a number, or -1 when it is absent or none */
    public long number(String key) {
        String text = first(key);
        return text == null ? -1 : parse(text);
    }

    /** @return the last value of {@code key} as a number, or -1 when it is absent or none */
    public long latest(String key) {
        String text = last(key);
        return text == null ? -1 : parse(text);
    }

    /** @return the number that {@code text} spells in decimal digits, or -1 when it spells none */
    public static long parse(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long n = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            n = n * 10 + (c - '0');
        }
        return n;
    }
}
