package bgjob.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts the item of a batch into shell text: each {@code {}} becomes {@code $BGJOB_ITEM}, each {@code {#}} {@code $BGJOB_ITEM_NUMBER}, in
 * quotes that fit the place, so that the shell never reads an item as anything but one word (POSIX.1-2017, XCU 2.2).
 */
final class ItemText {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    /** What is open here: a quote, or a bracket of a command within double quotes. */
    private final Deque<Character> open = new ArrayDeque<>();

    private ItemText(String text) {
        this.text = text;
    }

    static String place(String text) {
        return new ItemText(text).placed();
    }

    private String placed() {
        int i = 0;
        while (i < text.length()) {
            char inside = open.isEmpty() ? ' ' : open.peek();
            int length = text.startsWith("{}", i) ? 2 : text.startsWith("{#}", i) ? 3 : 0;
            if (length > 0 && (i == 0 || text.charAt(i - 1) != '$')) {
                out.append(value(length == 2 ? "${BGJOB_ITEM}" : "${BGJOB_ITEM_NUMBER}", inside));
                i += length;
            } else if (text.charAt(i) == '\\' && inside != '\'' && i + 1 < text.length()) {
                out.append(text, i, i + 2);
                i += 2;
            } else {
                look(i, inside);
                out.append(text.charAt(i++));
            }
        }
        return out.toString();
    }

    private static String value(String variable, char inside) {
        return inside == '"' ? variable : inside == '\'' ? "'\"" + variable + "\"'" : "\"" + variable + "\"";
    }

    private void look(int i, char inside) {
        char c = text.charAt(i);
        if (inside == '\'') {
            close(c, '\'');
        } else if (c == '"') {
            if (inside == '"') {
                open.pop();
            } else {
                open.push('"');
            }
        } else if (c == '\'' && inside != '"') {
            open.push('\'');
        } else if (c == '`') {
            if (inside == '`') {
                open.pop();
            } else {
                open.push('`');
            }
        } else if (c == '(' && inside != '"' || c == '(' && i > 0 && text.charAt(i - 1) == '$') {
            open.push('(');
        } else if (inside == '(') {
            close(c, ')');
        }
    }

    private void close(char c, char closing) {
        if (c == closing) {
            open.pop();
        }
    }
}
