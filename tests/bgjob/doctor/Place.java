package bgjob.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.local.LocalBackend;
import bgjob.core.Jobs;
import bgjob.core.SubmitOptions;
import bgjob.process.ProcessTable;
import bgjob.support.JobHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small system of files for one test: {@code root} with its /etc and /proc, {@code bin} for PATH, and {@code .logs}. */
final class Place {
    final Path folder;
    final Path logs;
    final Map<String, String> environment = new TreeMap<>();
    String shell = "/bin/sh";

    Place(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder).toRealPath();
        this.logs = this.folder.resolve(".logs");
        Files.createDirectories(root());
        Files.createDirectories(this.folder.resolve("bin"));
        environment.put("PATH", this.folder.resolve("bin").toString());
    }

    Path root() {
        return folder.resolve("root");
    }

    /** Writes a file of the small system, as in {@code /etc/x}. */
    Place file(String path, String text) {
        JobHome.write(Path.of(root() + path), text, false);
        return this;
    }

    /** Puts a program on PATH, which holds no other; it is a shell script. */
    Place program(String name, String text) {
        JobHome.write(folder.resolve("bin").resolve(name), "#!/bin/sh\n" + text + "\n", true);
        return this;
    }

    /** Writes a file among the records. */
    Path record(String name, String text) {
        return JobHome.write(logs.resolve(name), text, false);
    }

    static void age(Path file, long millis) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - millis));
    }

    Machine machine() {
        return new Machine(root().toString(), environment, "anna");
    }

    /** The real machine's files and programs. */
    Machine here() {
        return new Machine("", System.getenv(), "anna");
    }

    Records records() {
        return new Records(this::jobs);
    }

    Jobs jobs() {
        return new Jobs(logs.toString(), List.of(new LocalBackend(ProcessTable.ofThisMachine(), shell, Map.of())), new SubmitOptions(shell,
                "anna"));
    }

    static void found(Grade grade, String part, Finding finding) {
        assertEquals(grade, finding.grade(), finding.toString());
        assertTrue(finding.fact().contains(part), finding.toString());
        boolean warned = grade.compareTo(Grade.WARNING) >= 0;
        assertTrue(!warned || finding.advice() != null, "who is warned is told what to do: " + finding);
        assertTrue(grade != Grade.OK || finding.advice() == null, "nothing has to be done: " + finding);
    }
}
