package bgjob.drill;

import bgjob.core.Jobs;
import bgjob.core.StopReceipt;
import bgjob.core.StopRequest;
import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.JobState;
import bgjob.process.Commands;
import bgjob.process.ProcessEntry;
import bgjob.process.ProcessTable;
import bgjob.store.JobStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/** The place where one fault is made: a folder, its records, and ways to start, see and wait. */
final class Site {
    private static final long MOST_NANOS = 20_000_000_000L;
    private static final long STEP = 10;

    private final Path folder;
    private final Map<String, String> environment;
    private final Cleaner cleaner;
    private final Jobs jobs;
    private final ProcessTable table = ProcessTable.ofThisMachine();

    Site(Path folder, Function<String, Jobs> opener, Map<String, String> environment, Cleaner cleaner) {
        this.folder = folder;
        this.cleaner = cleaner;
        this.environment = environment;
        this.jobs = opener.apply(logs(folder));
    }

    static String logs(Path folder) {
        return folder + "/.logs";
    }

    String logs() {
        return logs(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Jobs jobs() {
        return jobs;
    }

    Facts facts(JobId id) {
        return new JobStore(logs()).facts(id);
    }

    /** @return the path of a program on PATH, or null */
    String program(String name) {
        for (String place : environment.getOrDefault("PATH", "").split(":")) {
            File file = new File(place, name);
            if (file.isFile() && file.canExecute()) {
                return file.getPath();
            }
        }
        return null;
    }

    /** Starts a job that runs shell text in the site's folder. */
    Job start(String label, String text) throws Fault.Broken {
        return cleaner.start(() -> jobs.inspect(jobs.submit(new JobSpec(label, List.of("/bin/sh", "-c", text), folder.toString(), List.of())).id()));
    }

    /** @return a job that has ended with 0 */
    Job ended(String label) throws Exception {
        Job job = start(label, "exit 0");
        await(job, JobState.COMPLETED);
        // it lives on for a moment, and would then be what a copy of its record names
        until(() -> "the leader of " + job.id() + " has gone", () -> !alive(job.pid()));
        return now(job);
    }

    /** @throws Fault.Broken when the drill is being ended */
    void mayStart() throws Fault.Broken {
        cleaner.start(() -> null);
    }

    Job now(Job job) {
        return jobs.inspect(job.id());
    }

    StopReceipt stop(Job job, long grace) {
        return jobs.stop(job.id(), new StopRequest("TERM", grace, "bgjob doctor --drill", null));
    }

    Job await(Job job, JobState state) throws Exception {
        until(() -> "job " + job.id() + " is " + state.word() + ", as it is " + word(now(job)), () -> now(job).state() == state);
        return now(job);
    }

    static String word(Job job) {
        return job.state() == null ? "cannot-tell" : job.state().word();
    }

    void until(String what, Callable<Boolean> condition) throws Exception {
        until(() -> what, condition);
    }

    /** @param what was to come true */
    private static void until(Supplier<String> what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + MOST_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new Fault.Broken("not within 20 s: " + what.get());
            }
            Thread.sleep(STEP);
        }
    }

    static void hold(boolean kept, String otherwise) throws Fault.Broken {
        if (!kept) {
            throw new Fault.Broken(otherwise);
        }
    }

    boolean alive(long pid) {
        ProcessEntry entry = table.find(pid);
        return entry != null && !entry.dead();
    }

    ProcessEntry process(long pid) {
        return table.find(pid);
    }

    /** @return the number in a file that a job or a helper has written whole, waited for */
    long told(String name) throws Exception {
        until(name + " is written", () -> number(name) > 0);
        return number(name);
    }

    private long number(String name) {
        try {
            String text = Files.readString(file(name));
            return text.endsWith("\n") ? Facts.parse(text.strip()) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    void write(String path, String text) throws IOException {
        Files.write(Path.of(path), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String read(String path) throws IOException {
        return new String(Files.readAllBytes(Path.of(path)), StandardCharsets.ISO_8859_1);
    }

    /**
     * Starts a process that is known by its environment as the drill's, its output in the file {@code output}.
     *
     * @return its pid
     */
    long background(String... command) throws Fault.Broken {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c",
                "out=$1; BGJOB_DIR=$2; export BGJOB_DIR; shift 2; \"$@\" </dev/null >>\"$out\" 2>&1 & echo $!",
                "sh", file("output").toString(), logs()));
        words.addAll(Arrays.asList(command));
        return cleaner.start(() -> Facts.parse(Commands.startAndListen(words).strip()));
    }

    /** @return the words that call this program itself, without its launcher, so that nothing is built or trained */
    static List<String> bgjob(String... arguments) {
        List<String> words = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-cp", System.getProperty("java.class.path"), "bgjob"));
        words.addAll(Arrays.asList(arguments));
        return words;
    }

    long bgjobInBackground(String... arguments) throws Fault.Broken {
        return background(bgjob(arguments).toArray(new String[0]));
    }
}
