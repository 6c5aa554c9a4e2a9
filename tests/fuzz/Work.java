package fuzz;

import bgjob.support.HostileNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A command of which it is known what comes of it.
 *
 * @param words what stands behind the label of {@code run}
 * @param output what it prints when nobody ends it before
 * @param code its exit status then
 * @param gate the file that it waits for, or null when it ends by itself
 */
record Work(List<String> words, String output, int code, String gate) {
    private static final List<String> SIGNALS = List.of("TERM", "KILL", "INT", "HUP", "USR1", "SEGV");
    private static final List<Integer> NUMBERS = List.of(15, 9, 2, 1, 10, 11);

    static Work random(Random random, String gate) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Work(List.of("--", "sh", "-c", "echo up; exec gate \"$0\"", gate), "up\n", 0, gate);
            case 2 -> new Work(List.of("--", "sh", "-c", "trap '' TERM; echo up; gate \"$0\"; exit 9", gate), "up\n", 9, gate);
            case 3 -> killed(random.nextInt(SIGNALS.size()));
            case 4 -> new Work(List.of("--", "sh", "-c", "echo later; exit 75"), "later\n", 75, null);
            default -> prints(random);
        };
    }

    private static Work killed(int n) {
        return new Work(List.of("--sh", "ulimit -c 0; kill -s " + SIGNALS.get(n) + " $$"), "", 128 + NUMBERS.get(n), null);
    }

    private static Work prints(Random random) {
        int code = random.nextInt(3) == 0 ? random.nextInt(256) : 0;
        String value = text(random);
        List<String> words = new ArrayList<>(List.of("--env", "V=" + value, "--", "sh", "-c", "printf '%s\\0' \"$V\" \"$@\"; exit " + code, "sh"));
        StringBuilder output = new StringBuilder(value).append('\0');
        for (int n = random.nextInt(6); n > 0; n--) {
            String argument = text(random);
            words.add(argument);
            output.append(argument).append('\0');
        }
        return new Work(words, output.toString(), code, null);
    }

    private static String text(Random random) {
        if (random.nextBoolean()) {
            return HostileNames.arguments().get(random.nextInt(HostileNames.arguments().size()));
        }
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            int c = random.nextInt(4) == 0 ? 1 + random.nextInt(Character.MAX_CODE_POINT) : 1 + random.nextInt(126);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '~' : c);
        }
        return text.toString();
    }

    /** @return the state of a job that ended so by itself */
    String state() {
        return code == 0 ? "completed" : code == 75 ? "paused" : "failed";
    }
}
