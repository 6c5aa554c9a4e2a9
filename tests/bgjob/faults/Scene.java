package bgjob.faults;

import bgjob.backend.local.LocalBackend;
import bgjob.core.Jobs;
import bgjob.core.SubmitOptions;
import bgjob.job.JobSpec;
import bgjob.job.Limits;
import bgjob.job.Origin;
import bgjob.job.Queueing;
import bgjob.process.ProcessTable;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What many trials have in common: the shell, the job's bounds, the command, and a {@code .logs} with one job that ended before.
 * The command notes when it begins and ends, waits at a gate in between, and exits with 7.
 */
final class Scene {
    /** Whether every combination is to be tried, and not a sample. */
    static final boolean ALL = "all".equals(System.getenv("BGJOB_TEST_FAULTS"));
    static final Queueing QUEUE = new Queueing("q", 0, 0, List.of());
    static final String LABEL = "tests";
    static final int CODE = 7;

    final JobHome home;
    final String shell;
    final Limits limits;
    final Queueing queueing;
    final String earlier;
    final Path folder;
    private final Path before;

    Scene(JobHome home, String shell, Limits limits) {
        this(home, shell, limits, Queueing.NONE);
    }

    Scene(JobHome home, String shell, Limits limits, Queueing queueing) {
        Tool.need("python3"); // for the watcher
        this.home = home;
        this.shell = shell;
        this.limits = limits;
        this.queueing = queueing;
        try {
            this.folder = Files.createTempDirectory(home.work(), "scene");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.before = folder.resolve("before");
        JobSpec spec = new JobSpec(LABEL, List.of("sh", "-c", "echo as it was; exit 3"), folder.toString(), List.of());
        this.earlier = new JobRecord(before, plain(before).submit(spec).id().toString()).ended().id();
    }

    /** @return the names of the shells to try */
    static List<String> shells() {
        return ALL ? List.of("dash", "bash", "busybox", "ksh93", "mksh", "zsh", "yash") : List.of("dash");
    }

    /** @return the path of a shell, without which the test is skipped; busybox is called by the name that makes it one */
    static String shell(JobHome home, String name) {
        String path = Tool.need(name);
        return name.equals("busybox") ? JobHome.write(home.bin().resolve("ash"), "#!/bin/sh\nexec busybox ash \"$@\"\n", true).toString() : path;
    }

    /** @return the jobs of a directory, started by the scene's shell and not watched */
    Jobs plain(Path logs) {
        return jobs(logs, shell);
    }

    /** @return the same, where each job is watched from its first process on */
    Jobs watched(Path logs, List<String> watch) {
        StringBuilder text = new StringBuilder();
        home.environment().forEach((name, value) -> text.append(name.startsWith("BGJOB_TEST") ? "export " + name + "='" + value + "'\n" : ""));
        text.append("exec ");
        for (String word : watch) {
            text.append('\'').append(word).append("' ");
        }
        Path wrapper = JobHome.write(logs.resolveSibling("watched"), "#!/bin/sh\n" + text + shell + " \"$@\"\n", true);
        return jobs(logs, wrapper.toString());
    }

    private Jobs jobs(Path logs, String starter) {
        return new Jobs(logs.toString(), List.of(new LocalBackend(ProcessTable.ofThisMachine(), starter, Map.of())), new SubmitOptions(shell, "tester"));
    }

    JobSpec spec(Path subject) {
        return new JobSpec(LABEL, List.of(subject.toString()), subject.getParent().toString(), List.of(), limits, Origin.NONE, queueing);
    }

    /** Puts a copy of the directory with the earlier job there. */
    void prepare(Path logs) {
        try {
            Files.createDirectories(logs.resolve("jobs"));
            for (String name : names(before)) {
                Files.copy(before.resolve(name), logs.resolve(name));
            }
            Files.writeString(logs.resolve(".gitignore"), "*\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return which files of the earlier job are no longer what they were */
    List<String> damage(Path logs) {
        List<String> damage = new ArrayList<>();
        for (String name : names(before)) {
            try {
                if (!Files.exists(logs.resolve(name)) || Files.mismatch(before.resolve(name), logs.resolve(name)) >= 0) {
                    damage.add(name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return damage;
    }

    /** @return the files below a directory by their relative names, those of jobs alone */
    static List<String> names(Path logs) {
        try (Stream<Path> files = Files.exists(logs) ? Files.walk(logs) : Stream.empty()) {
            return files.filter(Files::isRegularFile).map(file -> logs.relativize(file).toString()).filter(name -> name.contains(LABEL + "_")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
