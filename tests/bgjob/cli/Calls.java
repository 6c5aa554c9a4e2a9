package bgjob.cli;

import bgjob.Wiring;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines given to the wired program in one JVM of its own, since its terminal writes to the process's own descriptors. */
final class Calls {
    /** Ends what one call has printed. */
    private static final String END = "\u0004";
    /** Stands between what a call has printed and its exit status. */
    private static final String STATUS = "\u0003";

    private Calls() {
    }

    /**
     * What one call did.
     *
     * @param status its exit status
     * @param said standard output and error together
     */
    record Call(int status, String said) {
    }

    /** @return what each of the command lines did, in their order */
    static List<Call> make(Path dir, List<List<String>> commandLines) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp",
                System.getProperty("java.class.path"), Calls.class.getName()).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BGJOB_") || name.equals("COLUMNS"));
        builder.environment().put("BGJOB_DIR", dir + "/.logs");
        builder.environment().put("BGJOB_TEST_RUN", System.getProperty("bgjob.testRun", "by-hand"));
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            for (List<String> line : commandLines) {
                in.write((String.join("\t", line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        List<Call> calls = new ArrayList<>();
        for (String call : said.split(END)) {
            int cut = call.lastIndexOf(STATUS);
            calls.add(new Call(Integer.parseInt(call.substring(cut + 1)), call.substring(0, cut)));
        }
        return calls;
    }

    public static void main(String[] none) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Terminal terminal = new Terminal(false, null);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int status = new Wiring().cli().run(line.isEmpty() ? new String[0] : line.split("\t", -1));
            terminal.print(STATUS + status + END);
        }
    }
}
