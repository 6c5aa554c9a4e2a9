package bgjob.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Masks what looks like a secret in a command, for every place but the job script itself: {@code user:token@} in a URL, the
 * value of an option or variable whose name says secret, {@code Bearer …}, and tokens with a known prefix. It errs towards masking.
 */
public final class Redaction {
    /** What stands in place of a secret. */
    public static final String MASK = "***";

    private static final String[] NAMES = {"token", "secret", "password", "passwd", "api-key", "api_key", "apikey", "access-key",
        "access_key", "private-key", "private_key", "credential"};
    private static final String[] PREFIXES = {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-",
        "sk-", "AKIA", "npm_", "pypi-", "dckr_pat_", "hf_"};

    private Redaction() {
    }

    /** @return the words with secrets masked; the list itself when there are none */
    public static List<String> mask(List<String> words) {
        List<String> masked = null;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean value = i > 0 && word.length() > 0 && word.charAt(0) != '-' && names(words.get(i - 1));
            String shown = value ? MASK : mask(word);
            if (!shown.equals(word)) {
                masked = masked == null ? new ArrayList<>(words) : masked;
                masked.set(i, shown);
            }
        }
        return masked == null ? words : masked;
    }

    /** @return {@code text} with secrets masked */
    public static String mask(String text) {
        String shown = urls(text);
        shown = assignments(shown);
        shown = after(shown, "Bearer ");
        shown = after(shown, "Basic ");
        for (String prefix : PREFIXES) {
            shown = prefixed(shown, prefix);
        }
        return shown;
    }

    /** An option such as {@code --token} or {@code -p-secret}, whose value is the next word. */
    private static boolean names(String option) {
        return option.length() > 2 && option.charAt(0) == '-' && option.indexOf('=') < 0 && secretName(option);
    }

    private static boolean secretName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String part : NAMES) {
            if (lower.contains(part)) {
                return true;
            }
        }
        return false;
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
                int cut = colon >= 0 && colon < at ? colon + 1 : start;
                shown = shown.substring(0, cut) + MASK + shown.substring(at);
            }
            from = shown.indexOf("://", start);
        }
        return shown;
    }

    /** {@code NAME=value} and {@code --name=value}, anywhere in the text. */
    private static String assignments(String text) {
        String shown = text;
        int equals = shown.indexOf('=');
        while (equals >= 0) {
            int start = equals;
            while (start > 0 && (Character.isLetterOrDigit(shown.charAt(start - 1)) || "_-".indexOf(shown.charAt(start - 1)) >= 0)) {
                start--;
            }
            int end = equals + 1;
            if (secretName(shown.substring(start, equals))) {
                end = wordEnd(shown, equals + 1);
                if (end > equals + 1) {
                    shown = shown.substring(0, equals + 1) + MASK + shown.substring(end);
                    end = equals + 1 + MASK.length();
                }
            }
            equals = shown.indexOf('=', end);
        }
        return shown;
    }

    private static String after(String text, String word) {
        int at = text.indexOf(word);
        if (at < 0) {
            return text;
        }
        int start = at + word.length();
        int end = wordEnd(text, start);
        return end - start < 8 ? text : text.substring(0, start) + MASK + text.substring(end);
    }

    private static String prefixed(String text, String prefix) {
        int at = text.indexOf(prefix);
        if (at < 0 || at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
            return text;
        }
        int start = at + prefix.length();
        int end = start;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || "_-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end - start < 12 ? text : text.substring(0, start) + MASK + text.substring(end);
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && " \t\n'\"&;|".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
