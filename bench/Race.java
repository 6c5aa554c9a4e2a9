package bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Commands measured side by side: in each round hyperfine runs every one once, each after a pause in which what the one before
 * left in the background comes to its end. The order is random, but those of a group, which will be compared, follow each other.
 */
final class Race {
    private static final String PAUSE = "sleep 0.05";

    private final Place place;
    private final Path folder;
    private final Map<String, String> more;
    private final Map<String, String> commands = new LinkedHashMap<>();
    private final List<List<String>> groups = new ArrayList<>();
    private final Random random = new Random();

    /**
     * @param folder where the commands are run
     * @param more what they find in their environment beside the place's own
     */
    Race(Place place, Path folder, Map<String, String> more) {
        this.place = place;
        this.folder = folder;
        this.more = more;
    }

    /** Begins a group. */
    Race group() {
        groups.add(new ArrayList<>());
        return this;
    }

    /** Adds a command to the group begun last; its words are passed on as they are, by no shell. */
    Race add(String name, String... words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.isEmpty() ? "" : " ").append('\'').append(word.replace("'", "'\\''")).append('\'');
        }
        if (commands.put(name, line.toString()) != null) {
            throw new IllegalArgumentException("two are named " + name);
        }
        groups.get(groups.size() - 1).add(name);
        return this;
    }

    /** @return for each command the milliseconds it took in each round; the first round, which warms up, is left out */
    Map<String, double[]> run(int rounds) throws Exception {
        Map<String, double[]> times = new LinkedHashMap<>();
        commands.keySet().forEach(name -> times.put(name, new double[rounds]));
        Path export = place.file("race.json");
        for (int round = -1; round < rounds; round++) {
            List<String> order = new ArrayList<>();
            Collections.shuffle(groups, random);
            for (List<String> group : groups) {
                Collections.shuffle(group, random);
                order.addAll(group);
            }
            List<String> words = new ArrayList<>(List.of("hyperfine", "-N", "--style", "none", "--runs", "1", "--prepare", PAUSE,
                    "--export-json", export.toString()));
            order.forEach(name -> words.add(commands.get(name)));
            place.run(folder, more, words.toArray(new String[0]));
            JsonArray results = JsonParser.parseString(Files.readString(export)).getAsJsonObject().getAsJsonArray("results");
            for (int i = 0; i < order.size() && round >= 0; i++) {
                JsonElement seconds = results.get(i).getAsJsonObject().getAsJsonArray("times").get(0);
                times.get(order.get(i))[round] = seconds.getAsDouble() * 1000;
            }
        }
        return times;
    }
}
