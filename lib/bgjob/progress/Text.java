package bgjob.progress;

import bgjob.job.Redaction;
import java.nio.charset.StandardCharsets;

/** Reads a line from left to right. A line is ISO 8859-1 here, one character a byte; {@link #shown} makes text of it. */
final class Text {
    /** Characters of a name that are kept. */
    static final int LONGEST_NAME = 200;

    private static final int MOST_DIGITS = 15;

    private final String line;
    private int at;

    Text(String line) {
        this.line = line;
    }

    /** @return bytes as text for people: UTF-8, not too long, secrets masked; null for nothing */
    static String shown(String bytes) {
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
        if (text.length() > LONGEST_NAME) {
            int end = Character.isHighSurrogate(text.charAt(LONGEST_NAME - 2)) ? LONGEST_NAME - 2 : LONGEST_NAME - 1;
            text = text.substring(0, end) + "…";
        }
        return text.isEmpty() ? null : Redaction.mask(text);
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    boolean end() {
        return at >= line.length();
    }

    char next() {
        return end() ? '\0' : line.charAt(at);
    }

    String rest() {
        return line.substring(at);
    }

    Text from(int index) {
        at = index;
        return this;
    }

    int at() {
        return at;
    }

    /** Passes over {@code text} if it stands here. */
    boolean skip(String text) {
        boolean there = line.startsWith(text, at);
        at += there ? text.length() : 0;
        return there;
    }

    /** @return how many blanks were passed over */
    int blanks() {
        int from = at;
        while (next() == ' ') {
            at++;
        }
        return at - from;
    }

    /** Passes over all characters that are in {@code set}. @return how many */
    int run(String set) {
        int from = at;
        while (!end() && set.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at - from;
    }

    /** @return a whole number, or -1 when none stands here or it is out of reason */
    long number() {
        long n = 0;
        int from = at;
        while (digit(next())) {
            n = at - from < MOST_DIGITS ? n * 10 + next() - '0' : n;
            at++;
        }
        return at == from || at - from > MOST_DIGITS ? -1 : n;
    }

    /** @return a whole number with commas between its thousands, or -1 */
    long grouped() {
        long n = 0;
        int digits = 0;
        while (digit(next()) || next() == ',' && digits > 0) {
            if (next() != ',' && digits++ < MOST_DIGITS) {
                n = n * 10 + next() - '0';
            }
            at++;
        }
        return digits == 0 || digits > MOST_DIGITS ? -1 : n;
    }

    /** @return a number with or without digits behind a point, or -1 */
    double decimal() {
        double n = number();
        if (n >= 0 && next() == '.') {
            at++;
            double unit = 1;
            while (digit(next())) {
                unit /= 10;
                n += unit * (next() - '0');
                at++;
            }
        }
        return n;
    }

    /** @param base what a k stands for: 1000 or 1024 @return a number with a unit of size such as k, M or G behind it, or -1 */
    double scaled(int base) {
        double n = decimal();
        int power = n < 0 || end() ? 0 : "kMGTP".indexOf(next() == 'K' ? 'k' : next()) + 1;
        at += power > 0 ? 1 : 0;
        for (int i = 0; i < power; i++) {
            n *= base;
        }
        return n;
    }

    /** @return seconds of a time such as 1:02:03 or 02:03, or -1 */
    long clock() {
        long n = number();
        boolean colon = false;
        while (n >= 0 && next() == ':') {
            at++;
            long next = number();
            n = next < 0 ? -1 : n * 60 + next;
            colon = true;
        }
        return colon ? n : -1;
    }
}
