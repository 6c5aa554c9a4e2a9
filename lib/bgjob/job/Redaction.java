package bgjob.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Masks what looks like a secret in a command, for every place but the job script itself: {@code user:token@} and {@code token:@} in a
 * URL, the value of an option or variable whose name says secret, {@code -u user:password}, {@code Bearer …}, private keys, and tokens
 * with a known prefix. It errs towards masking.
 */
public final class Redaction {
    /** What stands in place of a secret. */
    public static final String MASK = "***";

    /** The last words of names whose values are secret, without separators. */
    private static final String[] NAMES = {"token", "secret", "secrets", "password", "passwd", "pass", "passphrase", "apikey", "accesskey",
        "privatekey", "credential", "credentials"};
    private static final String[] PREFIXES = {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-",
        "sk-", "sk_live_", "sk_test_", "rk_live_", "rk_test_", "AKIA", "ASIA", "AIza", "eyJ", "npm_", "pypi-", "dckr_pat_", "hf_"};
    private static final String[] SCHEMES = {"Bearer ", "bearer ", "Basic ", "basic ", "uthorization: token "};
    private static final int SHORTEST_TOKEN = 12;
    /** A user's name in a URL is shorter, or has no digit and one case, or is an address. */
    private static final int LONG_USER = 20;
    /** What GitHub takes for a password where the user is a token. */
    private static final String NO_PASSWORD = "x-oauth-basic";
    private static final String USER = "--user=";

    private Redaction() {
    }

    /** @return the words with secrets masked; the list itself when there are none */
    public static List<String> mask(List<String> words) {
        List<String> masked = null;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String before = i == 0 ? "" : words.get(i - 1);
            boolean value = word.length() > 0 && word.charAt(0) != '-' && names(before);
            int colon = before.equals("-u") || before.equals("--user") || word.startsWith(USER) ? word.indexOf(':') : -1;
            String shown = value ? MASK : colon > 0 ? word.substring(0, colon + 1) + MASK : mask(word);
            if (!shown.equals(word)) {
                masked = masked == null ? new ArrayList<>(words) : masked;
                masked.set(i, shown);
            }
        }
        return masked == null ? words : masked;
    }

    /** @return {@code text} with secrets masked */
    public static String mask(String text) {
        String shown = options(assignments(urls(keys(text))));
        for (String scheme : SCHEMES) {
            shown = after(shown, scheme);
        }
        shown = users(shown);
        if (shown.length() > SHORTEST_TOKEN) {
            for (String prefix : PREFIXES) {
                shown = prefixed(shown, prefix);
            }
        }
        return shown;
    }

    /** An option such as {@code --token}, whose value is the next word. */
    private static boolean names(String option) {
        return option.length() > 2 && option.charAt(0) == '-' && option.indexOf('=') < 0 && secretName(option);
    }

    /** Whether a name ends in a word for a secret: {@code --auth-token}, {@code API_KEY}, {@code dbPassword}; not {@code --tokenizer}. */
    private static boolean secretName(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '-' && c != '_') {
                plain.append(c);
            }
        }
        String lower = plain.toString().toLowerCase(Locale.ROOT);
        for (String ending : NAMES) {
            if (lower.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** What stands between the first and the last line of a private key; where there is no last one, all behind the first. */
    private static String keys(String text) {
        String shown = text;
        int at = shown.indexOf("-----BEGIN ");
        while (at >= 0) {
            int title = shown.indexOf("-----", at + 5);
            int from = title + 5;
            int secret = shown.indexOf("PRIVATE KEY", at);
            if (secret >= 0 && secret < title && from < shown.length()) {
                int end = shown.indexOf("-----END ", from);
                shown = shown.substring(0, from) + MASK + (end < 0 ? "" : shown.substring(end));
            }
            at = shown.indexOf("-----BEGIN ", at + 5);
        }
        return shown;
    }

    private static String urls(String text) {
        int from = text.indexOf("://");
        String shown = text;
        while (from >= 0) {
            int start = from + 3;
            int end = start;
            int at = -1;
            while (end < shown.length() && "/?# \t\n'\"".indexOf(shown.charAt(end)) < 0) {
                at = shown.charAt(end) == '@' ? end : at;
                end++;
            }
            if (at > start) {
                int colon = shown.indexOf(':', start);
                int cut = colon >= 0 && colon < at && !tokenUser(shown, start, colon, at) ? colon + 1 : start;
                shown = shown.substring(0, cut) + MASK + shown.substring(at);
            }
            from = shown.indexOf("://", start);
        }
        return shown;
    }

    /** Whether it is the user part that is secret: it has no password behind it, or looks like no name. */
    private static boolean tokenUser(String text, int start, int colon, int at) {
        if (colon == start) {
            return false;
        }
        if (colon + 1 == at || at - colon - 1 == NO_PASSWORD.length() && text.startsWith(NO_PASSWORD, colon + 1)) {
            return true;
        }
        boolean digit = false;
        boolean upper = false;
        boolean lower = false;
        for (int i = start; i < colon; i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '%') {
                return false;
            }
            digit |= Character.isDigit(c);
            upper |= Character.isUpperCase(c);
            lower |= Character.isLowerCase(c);
        }
        return colon - start >= LONG_USER && (digit || upper && lower);
    }

    /**
     * {@code NAME=value}, {@code --name=value}, {@code Name: value} and {@code "name": "value"}, anywhere in the text; a quoted
     * value up to the end of its word.
     */
    private static String assignments(String text) {
        String shown = text;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c != '=' && c != ':' || shown.startsWith("://", i)) {
                continue;
            }
            int nameEnd = i > 0 && c == ':' && shown.charAt(i - 1) == '"' ? i - 1 : i;
            int start = nameEnd;
            while (start > 0 && nameCharacter(shown.charAt(start - 1))) {
                start--;
            }
            if (!secretName(shown.substring(start, nameEnd))) {
                continue;
            }
            int from = i + 1;
            while (c == ':' && from < shown.length() && shown.charAt(from) == ' ') {
                from++;
            }
            int end = shellWordEnd(shown, from);
            if (end > from) {
                shown = shown.substring(0, from) + MASK + shown.substring(end);
                i = from + MASK.length() - 1;
            }
        }
        return shown;
    }

    /** {@code --token value} inside shell text. */
    private static String options(String text) {
        String shown = text;
        for (int at = shown.indexOf("-"); at >= 0; at = shown.indexOf("-", at + 1)) {
            if (!beginsWord(shown, at)) {
                continue;
            }
            int end = at;
            while (end < shown.length() && nameCharacter(shown.charAt(end))) {
                end++;
            }
            int from = end;
            while (from < shown.length() && shown.charAt(from) == ' ') {
                from++;
            }
            int last = from > end && names(shown.substring(at, end)) ? shellWordEnd(shown, from) : from;
            if (last > from && shown.charAt(from) != '-') {
                shown = shown.substring(0, from) + MASK + shown.substring(last);
            }
        }
        return shown;
    }

    /** {@code -u user:password}, {@code --user user:password} and {@code --user=user:password} inside shell text. */
    private static String users(String text) {
        String shown = text;
        for (int at = shown.indexOf("-u"); at >= 0; at = shown.indexOf("-u", at + 2)) {
            boolean whole = at > 0 && (shown.startsWith("-user ", at) || shown.startsWith("-user=", at)) && shown.charAt(at - 1) == '-';
            if (!whole && !shown.startsWith("-u ", at) || !beginsWord(shown, whole ? at - 1 : at)) {
                continue;
            }
            int from = at + (whole ? "-user=" : "-u ").length();
            int end = shellWordEnd(shown, from);
            int colon = shown.indexOf(':', from);
            if (colon > 0 && colon < end - 1) {
                shown = shown.substring(0, colon + 1) + MASK + shown.substring(end);
            }
        }
        return shown;
    }

    private static boolean beginsWord(String text, int at) {
        return at == 0 || " \t\n'\"(".indexOf(text.charAt(at - 1)) >= 0;
    }

    private static String after(String text, String word) {
        String shown = text;
        int at = shown.indexOf(word);
        while (at >= 0) {
            int start = at + word.length();
            int end = start;
            while (end < shown.length() && " \t\n'\"&;|".indexOf(shown.charAt(end)) < 0) {
                end++;
            }
            if (end - start >= 8) {
                shown = shown.substring(0, start) + MASK + shown.substring(end);
            }
            at = shown.indexOf(word, start);
        }
        return shown;
    }

    private static String prefixed(String text, String prefix) {
        String shown = text;
        int at = shown.indexOf(prefix);
        while (at >= 0) {
            int start = at + prefix.length();
            int end = start;
            while (end < shown.length() && nameCharacter(shown.charAt(end))) {
                end++;
            }
            boolean begins = at == 0 || !Character.isLetterOrDigit(shown.charAt(at - 1));
            if (begins && end - start >= SHORTEST_TOKEN) {
                shown = shown.substring(0, start) + MASK + shown.substring(end);
            }
            at = shown.indexOf(prefix, start);
        }
        return shown;
    }

    private static boolean nameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    /** Where a shell's word ends: blanks and operators inside quotes belong to it. */
    private static int shellWordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && " \t\n&;|".indexOf(text.charAt(end)) < 0) {
            char c = text.charAt(end);
            int close = c == '\'' || c == '"' ? text.indexOf(c, end + 1) : -1;
            end = close > 0 ? close + 1 : end + 1;
        }
        return end;
    }
}
