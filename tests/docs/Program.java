package docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the checkout's real programs as a user does: in a folder, with an environment that no other bgjob has touched. */
public final class Program {

    private static final long SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment;

    /** @param environment variables to add to the caller's */
    public Program(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** What a program printed and how it ended. */
    public record Result(int exit, String out, String err) {

        /** @return standard output, when the exit status is as expected; else everything, as a failure */
        public String out(int expected) {
            if (exit != expected) {
                throw new AssertionError("exit status " + exit + " instead of " + expected + "\n" + out + err);
            }
            return out;
        }
    }

    /** A program that runs. */
    public static final class Running {

        private final Process process;
        private final Path out;
        private final Path err;

        private Running(Process process, Path out, Path err) {
            this.process = process;
            this.out = out;
            this.err = err;
        }

        public long pid() {
            return process.pid();
        }

        public String printed() throws IOException {
            return Files.readString(out, StandardCharsets.UTF_8);
        }

        /** @return what it printed and how it ended; a program that does not end is killed and is a failure */
        public Result end() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("still running after " + SECONDS + " s\n" + printed() + Files.readString(err));
                }
                return new Result(process.exitValue(), printed(), Files.readString(err, StandardCharsets.UTF_8));
            } finally {
                process.destroyForcibly();
                Files.delete(out);
                Files.delete(err);
            }
        }
    }

    public Running start(String... command) throws IOException {
        Path out = Files.createTempFile("bgjob-out", null);
        Path err = Files.createTempFile("bgjob-err", null);
        ProcessBuilder builder = new ProcessBuilder(defaultSignals(command)).directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.startsWith("BGJOB_") && !name.equals("BGJOB_JAVA_HOME") || name.startsWith("GIT_"));
        all.put("BGJOB_TRAIN", "off");
        all.put("BGJOB_TEST_RUN", System.getProperty("bgjob.testRun", "by hand"));
        all.putAll(environment);
        return new Running(builder.start(), out, err);
    }

    public Result run(String... command) throws IOException, InterruptedException {
        return start(command).end();
    }

    /** @return bgjob run with these arguments */
    public Result bgjob(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Checkout.root().resolve("bgjob").toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(new String[0]));
    }

    /** The tests may run with INT ignored, as a background job of a shell; the programs under test must not. */
    private static List<String> defaultSignals(String... command) throws IOException {
        List<String> words = new ArrayList<>();
        if (Files.isDirectory(Path.of("/proc/self"))) {
            words.addAll(List.of("env", "--default-signal=INT,QUIT"));
        }
        words.addAll(List.of(command));
        return words;
    }
}
