package bgjob.install;

import bgjob.job.BgjobException;
import bgjob.process.Commands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The Javas on this machine, the best first: releases before early-access builds, newer before older. */
final class Javas {
    /** Where installers of Javas put them; {@code ~} is the home directory, a {@code *} any name. */
    private static final List<String> PLACES = List.of("/usr/lib/jvm/*", "/usr/java/*", "/usr/local/openjdk*", "/opt/java*", "/opt/java/*", "/opt/jdk*",
            "~/.sdkman/candidates/java/*", "~/.jdks/*", "~/.jbang/cache/jdks/*", "~/.asdf/installs/java/*", "~/.local/share/mise/installs/java/*",
            "~/.gradle/jdks/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home", "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
            "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home", "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home");
    private static final String[] OPTIONS = {"-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=10", "-Xshare:auto", "-XX:-MaxFDLimit",
        "-Xlog:disable", "-version"};

    /**
     * What was chosen.
     *
     * @param best the Java to run on
     * @param why in a few words
     * @param spare the others that would do, the best first
     */
    record Choice(Java best, String why, List<Java> spare) {
    }

    private Javas() {
    }

    /** @param running the home of the Java that runs this, which counts too */
    static Choice choose(Map<String, String> environment, Path home, String running) {
        String asked = environment.get("BGJOB_JAVA_HOME");
        List<Java> all = found(candidates(environment, home, running));
        if (asked != null && !asked.isEmpty()) {
            Java java = Java.in(real(new File(asked)));
            if (java == null || java.major() < Java.OLDEST) {
                throw BgjobException.failed("BGJOB_JAVA_HOME is " + asked + ", which is " + (java == null ? "no Java's home" : "Java " + java.version())
                        + "; set it to the home of a Java " + Java.OLDEST + " or later, or unset it");
            }
            all.remove(java);
            return new Choice(java, "as BGJOB_JAVA_HOME says", all);
        }
        for (int i = 0; i < all.size(); i++) {
            Java java = all.get(i);
            if (runs(java)) {
                List<Java> spare = all.subList(i + 1, all.size());
                return new Choice(java, all.size() == 1 ? "the only one found from " + Java.OLDEST + " up" : "the newest of " + all.size() + " found", spare);
            }
        }
        throw BgjobException.failed("found no Java " + Java.OLDEST + " or later that runs; install one, or set BGJOB_JAVA_HOME to its home");
    }

    /** @return homes in the order in which equally good ones are taken; the same one may come twice */
    static List<Path> candidates(Map<String, String> environment, Path home, String running) {
        List<File> homes = new ArrayList<>();
        String set = environment.get("JAVA_HOME");
        if (set != null && !set.isEmpty()) {
            homes.add(new File(set));
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":")) {
            File java = new File(folder.isEmpty() ? "." : folder, "java");
            if (java.canExecute() && java.isFile()) {
                File bin = real(java).toFile().getParentFile();
                homes.add(bin == null ? null : bin.getParentFile());
            }
        }
        homes.add(running == null ? null : new File(running));
        for (String place : PLACES) {
            String[] names = (place.startsWith("~") ? home + place.substring(1) : place).substring(1).split("/");
            glob(new File("/"), names, 0, homes);
        }
        List<Path> real = new ArrayList<>();
        for (File candidate : homes) {
            Path path = candidate == null ? null : real(candidate);
            if (path != null && !real.contains(path)) {
                real.add(path);
            }
        }
        return real;
    }

    /** A path with a colon cannot stand in the list of spares. */
    private static List<Java> found(List<Path> homes) {
        List<Java> found = new ArrayList<>();
        for (Path home : homes) {
            Java java = home.toString().indexOf(':') >= 0 ? null : Java.in(home);
            if (java != null && java.major() >= Java.OLDEST) {
                found.add(java);
            }
        }
        found.sort(Comparator.comparing(Java::early).thenComparing((one, other) -> compare(other.version(), one.version())));
        return found;
    }

    /** Compares versions by their numbers, one after the other. */
    static int compare(String one, String other) {
        String[] a = one.split("[^0-9]+");
        String[] b = other.split("[^0-9]+");
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = Integer.compare(number(a[i]), number(b[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static int number(String digits) {
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    private static void glob(File folder, String[] names, int at, List<File> into) {
        if (at == names.length) {
            into.add(folder);
            return;
        }
        int star = names[at].indexOf('*');
        if (star < 0) {
            glob(new File(folder, names[at]), names, at + 1, into);
            return;
        }
        String[] there = folder.list();
        if (there != null) {
            Arrays.sort(there);
            for (String name : there) {
                if (name.startsWith(names[at].substring(0, star))) {
                    glob(new File(folder, name), names, at + 1, into);
                }
            }
        }
    }

    static Path real(File file) {
        try {
            return file.getCanonicalFile().toPath();
        } catch (IOException e) {
            return file.getAbsoluteFile().toPath();
        }
    }

    /** One of another machine's kind, or one that does not know our options, does not. */
    private static boolean runs(Java java) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS; exec \"$@\"", "sh",
                java.home() + "/bin/java"));
        command.addAll(List.of(OPTIONS));
        return Commands.run(command).exit() == 0;
    }
}
