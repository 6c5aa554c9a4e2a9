package bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine that was measured on, in a few words. */
final class Machine {
    private Machine() {
    }

    /** @return rows of a name and a value */
    static List<List<String>> facts(Lab lab) throws Exception {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("processor", Runtime.getRuntime().availableProcessors() + " × " + value("/proc/cpuinfo", "model name")));
        facts.add(List.of("memory", memory()));
        facts.add(List.of("system", value("/etc/os-release", "PRETTY_NAME").replace("\"", "") + ", kernel " + System.getProperty("os.version")));
        facts.add(List.of("file system", Files.getFileStore(lab.place().file("")).type()));
        for (Jdk jdk : lab.jdks()) {
            facts.add(List.of(jdk.toString(), jdk.version() + ", " + jdk.vendor()));
        }
        facts.add(List.of("bgjob", lab.bgjob().version().replace("bgjob ", "") + ", " + lab.bgjob().kind()));
        lab.peers().versions().forEach((name, version) -> facts.add(List.of(name, version)));
        return facts;
    }

    /** @return how many processes have wanted a processor in the last minute */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String memory() {
        String kibibytes = value("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return kibibytes.isEmpty() ? "?" : Math.round(Long.parseLong(kibibytes) / 1048576.0) + " GiB";
    }

    private static String value(String file, String key) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith(key)) {
                    return line.replaceFirst("^[^:=]*[:=]\\s*", "").strip();
                }
            }
        } catch (IOException e) {
            // a system that has no such file
        }
        return "?";
    }
}
