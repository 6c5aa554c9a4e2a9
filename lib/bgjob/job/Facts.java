package bgjob.job;

import java.util.ArrayList;
import java.util.List;

/** The {@code key=value} facts of a job in the order recorded. A key may come again: the first says what was, the last what is. */
public final class Facts {
    private final List<String> keys = new ArrayList<>(32);
    private final List<String> values = new ArrayList<>(32);

    /** Adds a fact behind the others. */
    public void add(String key, String value) {
        keys.add(key);
        values.add(value);
    }

    public int size() {
        return keys.size();
    }

    public String key(int i) {
        return keys.get(i);
    }

    public String value(int i) {
        return values.get(i);
    }

    /** @return the first value of {@code key}, or null when it is absent or empty */
    public String first(String key) {
        int i = keys.indexOf(key);
        return i < 0 || values.get(i).isEmpty() ? null : values.get(i);
    }

    /** @return the last value of {@code key}, or null when it is absent or empty */
    public String last(String key) {
        int i = keys.lastIndexOf(key);
        return i < 0 || values.get(i).isEmpty() ? null : values.get(i);
    }

    /** @return the first value of {@code key} as a number, or -1 when it is absent or none */
    public long number(String key) {
        String text = first(key);
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
