package bgjob.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Did-you-mean. */
public final class Suggestion {
    private static final int MOST = 3;

    private Suggestion() {
    }

    /** @return {@code ; did you mean 'a' or 'b'?}, or an empty text when nothing known is near {@code typed} */
    public static String near(String typed, Collection<String> known) {
        List<String> best = new ArrayList<>();
        int reach = Math.max(1, typed.length() / 3);
        for (int distance = 0; distance <= reach && best.size() < MOST; distance++) {
            for (String name : known) {
                boolean fits = distance == 0
                        ? typed.length() >= 2 && name.startsWith(typed)
                        : distance(typed, name) == distance;
                if (fits && best.size() < MOST && !best.contains(name)) {
                    best.add(name);
                }
            }
        }
        if (best.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("; did you mean ");
        for (int i = 0; i < best.size(); i++) {
            text.append(i == 0 ? "" : i == best.size() - 1 ? " or " : ", ").append('\'').append(best.get(i)).append('\'');
        }
        return text.append('?').toString();
    }

    /** Levenshtein's distance: the fewest insertions, deletions and replacements of a character. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
