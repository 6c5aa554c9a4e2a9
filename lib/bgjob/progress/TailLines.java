package bgjob.progress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a log's end, the last one first, as a person at a terminal would have seen them come: a carriage return and a
 * move of the cursor end a line, and no escape sequence is left (ECMA-48). Blank lines are passed over.
 */
final class TailLines {
    /** Characters of a line that are kept; no form of progress is longer. */
    private static final int LONGEST = 1000;
    private static final char ESC = 0x1b;
    private static final char BEL = 0x07;

    private final byte[] bytes;
    private final int length;
    private final boolean cut;
    private int end;
    private boolean whole;
    private boolean taken;
    private final List<String> ready = new ArrayList<>();

    /** @param cut whether the first byte may stand in the middle of a line */
    TailLines(byte[] bytes, int length, boolean cut) {
        this.bytes = bytes;
        this.length = length;
        this.end = length;
        this.cut = cut;
    }

    /**
     * @return the line above the one returned before; null when there is none. What begins with ESC is the body of an operating
     *     system command, such as {@code ESC 9;4;1;63}
     */
    String above() {
        while (ready.isEmpty()) {
            if (end <= 0) {
                return null;
            }
            int from = end;
            boolean escapes = false;
            while (from > 0 && bytes[from - 1] != '\n' && bytes[from - 1] != '\r') {
                from--;
                escapes |= bytes[from] == ESC;
            }
            if (from == end) {
                end--;
                continue;
            }
            boolean finished = end < length;
            taken = false;
            String raw = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
            end = from - 1;
            boolean begun = from == 0 && cut;
            whole = finished;
            if (escapes) {
                int moved = split(raw);
                whole |= ready.size() == moved; // the last move of the cursor finished it
                if (begun && !ready.isEmpty()) {
                    ready.remove(0);
                }
            } else if (!begun) {
                add(raw);
            }
        }
        whole |= taken;
        taken = true;
        return ready.remove(ready.size() - 1);
    }

    /** @return whether the line returned last was finished when the log was read */
    boolean whole() {
        return whole;
    }

    private void add(CharSequence line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) != ' ') {
                ready.add(line.length() <= LONGEST ? line.toString() : line.subSequence(0, LONGEST).toString());
                return;
            }
        }
    }

    /** @return how many lines the cursor's moves made, without the rest behind the last of them */
    private int split(String raw) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at++);
            if (c != ESC) {
                line.append(c);
            } else if (at < raw.length() && raw.charAt(at) == '[') {
                at++;
                while (at < raw.length() && raw.charAt(at) < '@') {
                    at++;
                }
                char last = at < raw.length() ? raw.charAt(at) : '\0';
                at++;
                if ("ABEFGHJdf".indexOf(last) >= 0) { // up, down, to a column, to a place, clear
                    add(line);
                    line.setLength(0);
                } else if (last == 'C') {
                    line.append(' ');
                }
            } else if (at < raw.length() && raw.charAt(at) == ']') {
                int from = at + 1;
                while (at < raw.length() && raw.charAt(at) != BEL && raw.charAt(at) != ESC) {
                    at++;
                }
                if (at < raw.length() && (raw.charAt(at) == BEL || at + 1 < raw.length() && raw.charAt(at + 1) == '\\')) {
                    add(line);
                    line.setLength(0);
                    add(ESC + raw.substring(from, Math.min(at, from + LONGEST)));
                    at += raw.charAt(at) == BEL ? 1 : 2;
                }
            } else {
                at++; // a short one, such as ESC 7
            }
        }
        int moved = ready.size();
        add(line);
        return moved;
    }
}
