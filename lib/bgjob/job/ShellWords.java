package bgjob.job;

import java.util.ArrayList;
import java.util.List;

/** Words for a shell; the only code that quotes. POSIX.1-2017, XCU 2.2, and for one line {@code $'…'} of POSIX.1-2024. */
public final class ShellWords {
    private static final String PLAIN = "%+,-./:=@_";

    private ShellWords() {
    }

    /** @return one word that any POSIX shell reads as exactly {@code text}; a newline in it stays a newline */
    public static String quote(String text) {
        if (plain(text)) {
            return text;
        }
        if (text.indexOf('\'') < 0) {
            return "'" + text + "'";
        }
        StringBuilder word = new StringBuilder(text.length() + 16).append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                word.append("'\\''");
            } else {
                word.append(c);
            }
        }
        return word.append('\'').toString();
    }

    /** @return the words, quoted where needed and joined by blanks, for a shell script */
    public static String script(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : " ").append(quote(word));
        }
        return line.toString();
    }

    /** @return the words on one line, control characters as {@code $'…'} escapes; {@link #split} undoes it */
    public static String join(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : " ").append(hasControl(word) ? dollarQuote(word) : quote(word));
        }
        return line.toString();
    }

    /** @return {@code text} as {@code $'…'}, printable and on one line */
    public static String dollarQuote(String text) {
        StringBuilder word = new StringBuilder(text.length() + 8).append("$'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> word.append("\\n");
                case '\t' -> word.append("\\t");
                case '\r' -> word.append("\\r");
                case '\\' -> word.append("\\\\");
                case '\'' -> word.append("\\'");
                default -> {
                    if (control(c)) {
                        word.append("\\u").append(hex(c >> 12)).append(hex(c >> 8)).append(hex(c >> 4)).append(hex(c));
                    } else {
                        word.append(c);
                    }
                }
            }
        }
        return word.append('\'').toString();
    }

    /** @return the words that {@link #join} joined; what is not so spelled is taken as it stands, never refused */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == ' ') {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                i++;
                continue;
            }
            if (word == null) {
                word = new StringBuilder();
            }
            if (c == '\'') {
                int end = line.indexOf('\'', i + 1);
                end = end < 0 ? line.length() : end;
                word.append(line, i + 1, end);
                i = end + 1;
            } else if (c == '$' && i + 1 < line.length() && line.charAt(i + 1) == '\'') {
                i = undollar(line, i + 2, word);
            } else if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(i + 1));
                i += 2;
            } else {
                word.append(c);
                i++;
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    /** @return what a whole {@code $'…'} stands for */
    static String undollar(String written) {
        StringBuilder value = new StringBuilder(written.length());
        undollar(written, 2, value);
        return value.toString();
    }

    /**
     * Decodes the inside of {@code $'…'}.
     *
     * @param from the index behind the opening quote
     * @return the index behind the closing quote
     */
    static int undollar(String line, int from, StringBuilder into) {
        int i = from;
        while (i < line.length() && line.charAt(i) != '\'') {
            char c = line.charAt(i++);
            if (c != '\\' || i == line.length()) {
                into.append(c);
                continue;
            }
            char e = line.charAt(i++);
            switch (e) {
                case 'n' -> into.append('\n');
                case 't' -> into.append('\t');
                case 'r' -> into.append('\r');
                case 'u' -> {
                    int code = 0;
                    int end = Math.min(i + 4, line.length());
                    while (i < end && Character.digit(line.charAt(i), 16) >= 0) {
                        code = code * 16 + Character.digit(line.charAt(i++), 16);
                    }
                    into.append((char) code);
                }
                default -> into.append(e);
            }
        }
        return i + 1;
    }

    /** @return {@code text} with control characters as visible escapes, so that it does nothing to a terminal */
    public static String visible(String text) {
        if (!hasControl(text)) {
            return text;
        }
        String quoted = dollarQuote(text);
        return quoted.substring(2, quoted.length() - 1);
    }

    /** @return whether a terminal could take a character of {@code text} for more than itself: C0, DEL, C1, or a bidi override */
    public static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (control(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean control(char c) {
        return c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x2028 || c == 0x2029;
    }

    private static boolean plain(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fine = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0;
            if (!fine) {
                return false;
            }
        }
        // zsh expands a leading = (=ls), and every shell takes NAME=value in front for an assignment
        return text.charAt(0) != '=';
    }

    private static char hex(int nibble) {
        return "0123456789abcdef".charAt(nibble & 15);
    }
}
