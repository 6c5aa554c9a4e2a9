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

    /** The fewest insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[a.length()][b.length()];
    }
}
