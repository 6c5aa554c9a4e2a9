package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A Java to measure with. */
record Jdk(int major, String version, String vendor, Path home) {
    private static final List<Integer> WANTED = List.of(25, 17);

    /**
     * Finds one JDK for each version that is promised something, the newest first.
     *
     * @param told homes that come before those found
     */
    static List<Jdk> find(List<Path> told) throws IOException {
        List<Path> homes = new ArrayList<>(told);
        for (String name : new String[] {"BGJOB_JAVA_HOME", "JAVA_HOME"}) {
            if (System.getenv(name) != null) {
                homes.add(Path.of(System.getenv(name)));
            }
        }
        homes.add(Path.of(System.getProperty("java.home")));
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> found = Files.list(usual)) {
                homes.addAll(found.sorted(Comparator.reverseOrder()).toList());
            }
        }
        Map<Integer, Jdk> jdks = new TreeMap<>(Comparator.reverseOrder());
        for (Path home : homes) {
            if (Files.isReadable(home.resolve("release")) && Files.isExecutable(home.resolve("bin/java"))) {
                Jdk jdk = read(home.toRealPath());
                if (WANTED.contains(jdk.major)) {
                    jdks.putIfAbsent(jdk.major, jdk);
                }
            }
        }
        return List.copyOf(jdks.values());
    }

    private static Jdk read(Path home) throws IOException {
        Map<String, String> facts = new TreeMap<>();
        for (String line : Files.readAllLines(home.resolve("release"))) {
            int sign = line.indexOf('=');
            if (sign > 0) {
                facts.put(line.substring(0, sign), line.substring(sign + 1).replace("\"", ""));
            }
        }
        String version = facts.getOrDefault("JAVA_RUNTIME_VERSION", facts.getOrDefault("JAVA_VERSION", "0"));
        return new Jdk(Integer.parseInt(version.replaceFirst("\\D.*", "")), version, facts.getOrDefault("IMPLEMENTOR", "?"), home);
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    @Override
    public String toString() {
        return "JDK " + major;
    }
}
