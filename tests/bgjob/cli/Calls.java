package bgjob.cli;

import bgjob.Wiring;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines given to the wired program in one JVM of its own, since its terminal writes to the process's own descriptors. */
public final class Calls implements AutoCloseable {
    /** Ends what one call has printed. */
    private static final char END = '\u0004';
    /** Stands between what a call has printed and its exit status. */
    private static final char STATUS = '\u0003';

    private final Process process;

    private Calls(Process process) {
        this.process = process;
    }

    /**
     * What one call did.
     *
     * @param status its exit status
     * @param said standard output and error together
     */
    public record Call(int status, String said) {
    }

    /** @return what each of the command lines did, in their order */
    static List<Call> make(Path dir, List<List<String>> commandLines) throws IOException {
        List<Call> calls = new ArrayList<>();
        try (Calls program = open(dir)) {
            for (List<String> line : commandLines) {
                calls.add(program.ask(line.toArray(new String[0])));
            }
        }
        return calls;
    }

    /** Starts the program; it runs in that directory, and its records are in {@code .logs} there unless a call names others. */
    public static Calls open(Path dir) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp",
                System.getProperty("java.class.path"), Calls.class.getName()).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BGJOB_") || name.equals("COLUMNS"));
        builder.environment().put("BGJOB_DIR", dir + "/.logs");
        builder.environment().put("BGJOB_TEST_RUN", System.getProperty("bgjob.testRun", "by-hand"));
        return new Calls(builder.start());
    }

    /** Makes one call and waits for its end. The words hold no tabs or newlines. */
    public synchronized Call ask(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            process.getOutputStream().write((String.join("\t", words) + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            InputStream in = process.getInputStream();
            for (int next = in.read(); next != END; next = in.read()) {
                if (next < 0) {
                    throw new AssertionError("it ended in the middle of " + String.join(" ", words) + ":\n" + said);
                }
                said.write(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        int cut = text.lastIndexOf(STATUS);
        return new Call(Integer.parseInt(text.substring(cut + 1)), text.substring(0, cut));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError("exit status " + status + ":\n" + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] none) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Terminal terminal = new Terminal(false, null);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int status = new Wiring().cli().run(line.isEmpty() ? new String[0] : line.split("\t", -1));
            terminal.print(String.valueOf(STATUS) + status + END);
        }
    }
}
