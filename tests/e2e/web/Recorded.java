package e2e.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records of jobs that ended long ago, as many as a test wants, without running one. */
final class Recorded {
    private Recorded() {
    }

    /** @param id with its label before the second underscore from the end */
    static void write(Path logs, String id, int exit, double seconds) throws IOException {
        String label = id.substring(0, id.length() - "_20260101_000000".length());
        Files.createFile(logs.resolve(id + ".log"));
        Files.writeString(logs.resolve(id + ".exit"), exit + "\n");
        Files.writeString(logs.resolve(id + ".meta"), "label=" + label + "\ncmd=true\npid=1\npgid=1\ncreated=2026-01-01T00:00:00Z\nstarted=2026-01-01T00:00:00Z\n"
                + "uptime=100.00\nuptime_end=" + (100 + seconds) + "\nended=2026-01-01T00:01:00Z\nexit=" + exit + "\n");
    }
}
