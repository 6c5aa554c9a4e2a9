package bgjob.support;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import docs.Checkout;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A place of its own for one test: a directory to run jobs in, a HOME, and programs in front of PATH, {@code bgjob} among them.
 * Every process started here carries a mark in its environment; when the test is over, those that are left are killed by pid.
 */
public final class JobHome implements AfterEachCallback, TestExecutionExceptionHandler {
    /** The checkout whose bgjob is tested. */
    public static final Path CHECKOUT = Checkout.root();

    private static final String RUN = System.getProperty("bgjob.testRun", "run-" + UUID.randomUUID());
    private static final String MARK = "BGJOB_TEST_HOME";
    private static final long MOST_NANOS = 10_000_000_000L;

    private final Path root;
    private final Path work;
    private final Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    private JobHome() {
        try {
            root = Files.createTempDirectory("bgjob-e2e-").toRealPath();
            work = Files.createDirectory(root.resolve("work"));
            bin = Files.createDirectory(root.resolve("bin"));
            Files.createDirectory(root.resolve("home"));
            Files.createDirectory(root.resolve("calls"));
            Files.createSymbolicLink(bin.resolve("bgjob"), CHECKOUT.resolve("bgjob"));
            program("gate", "until [ -e \"$1\" ]; do sleep 0.02; done"); // for jobs that end when a test says so
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.getenv().forEach((name, value) -> {
            boolean ours = name.startsWith("BGJOB_") && !name.startsWith("BGJOB_JAVA"); // the tests may themselves be a job
            if (!ours && !name.startsWith("GIT_") && !name.equals("VIRTUAL_ENV")) {
                environment.put(name, value);
            }
        });
        environment.put("HOME", root.resolve("home").toString());
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("BGJOB_TRAIN", "off");
        environment.put("BGJOB_TEST_RUN", RUN);
        environment.put(MARK, root.toString());
    }

    /** @return a home whose directory is no git repository */
    public static JobHome plain() {
        return new JobHome();
    }

    /** @return a home whose directory is a git repository with one commit, on branch {@code main} */
    public static JobHome withGit() {
        JobHome home = new JobHome();
        home.makeRepository(home.work);
        return home;
    }

    public void makeRepository(Path folder) {
        sh("git init -q -b main \"$0\" && cd \"$0\" && git config user.name Test && git config user.email test@example.org"
                + " && echo text >file.txt && git add file.txt && git commit -q -m 'First commit'", folder.toString()).run();
    }

    /** @return where programs are called, unless they are told another place */
    public Path work() {
        return work;
    }

    /** @return a directory around {@link #work} for what must not lie in it */
    public Path root() {
        return root;
    }

    /** @return the directory in front of PATH */
    public Path bin() {
        return bin;
    }

    Path calls() {
        return root.resolve("calls");
    }

    /** @return what every call finds in its environment; changes count for later calls */
    public Map<String, String> environment() {
        return environment;
    }

    public Path logs() {
        return work.resolve(".logs");
    }

    /** Writes a file below {@link #work}. */
    public Path write(String name, String text) {
        return write(work.resolve(name), text, false);
    }

    /** Puts a shell script in front of PATH. */
    public Path program(String name, String text) {
        return write(bin.resolve(name), "#!/bin/sh\n" + text + "\n", true);
    }

    /** Lets those pass that wait at {@code gate NAME}. */
    public void open(String gate) {
        write(gate, "");
    }

    public static Path write(Path file, String text, boolean executable) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            if (executable && !file.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + file + " executable");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return a call of bgjob */
    public CliRun bgjob(String... arguments) {
        List<String> command = new ArrayList<>(List.of(CHECKOUT.resolve("bgjob").toString()));
        command.addAll(Arrays.asList(arguments));
        return new CliRun(this, command);
    }

    /** @return a call of any program */
    public CliRun command(String... command) {
        return new CliRun(this, List.of(command));
    }

    /** @return a call of a shell; the arguments are {@code $0}, {@code $1}, … */
    public CliRun sh(String text, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", text));
        command.addAll(Arrays.asList(arguments));
        return new CliRun(this, command);
    }

    /** Calls bgjob, which must do as it is told. @return standard output */
    public String ok(String... arguments) {
        return bgjob(arguments).run().out();
    }

    /** Calls bgjob, which must refuse in one sentence. @return the sentence */
    public String fails(int code, String... arguments) {
        return bgjob(arguments).complains(code).run().err().strip();
    }

    /** Starts a job. */
    public JobRecord start(String label, String... command) {
        List<String> arguments = new ArrayList<>(List.of("run", label, "--"));
        arguments.addAll(Arrays.asList(command));
        return started(bgjob(arguments.toArray(new String[0])).run().out());
    }

    /** @return the job that {@code run} printed */
    public JobRecord started(String printed) {
        return job(value(printed, "Id"));
    }

    /** @return what stands behind a name in what bgjob printed for people */
    public static String value(String printed, String name) {
        for (String line : printed.split("\n")) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        throw new AssertionError("no line '" + name + ":' in\n" + printed);
    }

    public JobRecord job(String id) {
        return new JobRecord(logs(), id);
    }

    /** @return the job as {@code status --json} tells it */
    public JsonObject status(String name) {
        return JsonParser.parseString(ok("status", name, "--json")).getAsJsonObject();
    }

    /** @return the state that {@code status} tells */
    public String state(String name) {
        var state = status(name).get("state");
        return state.isJsonNull() ? null : state.getAsString();
    }

    /** @return the names of all files in {@code .logs} and its {@code jobs} but .gitignore, sorted; they may come and go meanwhile */
    public List<String> files() {
        List<String> files = new ArrayList<>();
        for (String folder : List.of("", "jobs/")) {
            File[] found = new File(logs().toFile(), folder).listFiles(File::isFile);
            for (File file : found == null ? new File[0] : found) {
                files.add(folder + file.getName());
            }
        }
        files.remove(".gitignore");
        files.sort(null);
        return files;
    }

    /** @return the processes started here that live */
    public List<Proc> processes() {
        return Proc.all().stream().filter(process -> root.toString().equals(process.variable(MARK))).filter(Proc::alive).toList();
    }

    /** @return what is recorded, for people */
    String listing() {
        StringBuilder text = new StringBuilder("--- ").append(logs()).append('\n');
        for (String name : files()) {
            File file = logs().resolve(name).toFile();
            text.append(name).append(" (").append(file.length()).append(" bytes)\n");
            if (!name.endsWith(".sh") && file.length() < 10_000) {
                try {
                    Files.readString(file.toPath(), StandardCharsets.ISO_8859_1).lines().limit(40)
                            .forEach(line -> text.append("    ").append(line).append('\n'));
                } catch (IOException e) {
                    text.append("    ").append(e).append('\n');
                }
            }
        }
        for (Proc process : processes()) {
            text.append("process ").append(process.pid()).append(' ').append(process.commandLine()).append('\n');
        }
        return text.toString();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (failure instanceof AssertionError && !String.valueOf(failure.getMessage()).contains("--- " + logs())) {
            AssertionError shown = new AssertionError(failure.getMessage() + "\n" + listing(), failure);
            shown.setStackTrace(failure.getStackTrace());
            throw shown;
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        killAll();
        delete(root);
    }

    /** A process in the middle of an exec shows no environment, so twice in a row nothing must be found. */
    private void killAll() {
        long end = System.nanoTime() + MOST_NANOS;
        int empty = 0;
        while (empty < 2) {
            List<Proc> left = processes();
            empty = left.isEmpty() ? empty + 1 : 0;
            left.forEach(process -> process.signal("KILL"));
            if (System.nanoTime() > end) {
                throw new AssertionError("cannot be killed: " + left);
            }
        }
    }

    /** What was killed may have been about to make a file. */
    private static void delete(Path folder) {
        long end = System.nanoTime() + MOST_NANOS;
        while (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("cannot be removed: " + folder, e);
                }
            }
        }
    }
}
