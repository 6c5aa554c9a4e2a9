package fuzz;

import bgjob.backend.local.LocalBackend;
import bgjob.cli.Cli;
import bgjob.cli.Surroundings;
import bgjob.cli.Terminal;
import bgjob.core.Jobs;
import bgjob.core.SubmitOptions;
import bgjob.process.ProcessTable;
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes one call of the program after the other in one JVM, as fast as a shell never could: {@link Caller} asks, one line of JSON a call. */
final class Worker {
    private Worker() {
    }

    /** What to call. */
    record Request(String dir, String shell, Map<String, String> environment, List<String> arguments) {
    }

    /** @param answers the file to write exit statuses to, one a line; standard output and error are the program's own */
    public static void main(String[] answers) throws IOException {
        Gson gson = new Gson();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (OutputStream out = new FileOutputStream(answers[0])) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Request request = gson.fromJson(line, Request.class);
                out.write((call(request) + "\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }

    private static int call(Request request) {
        var backend = new LocalBackend(ProcessTable.ofThisMachine(), request.shell(), request.environment());
        var terminal = new Terminal(false, null);
        var surroundings = new Surroundings(dir -> new Jobs(dir == null ? request.dir() : dir, List.of(backend),
                new SubmitOptions(request.shell(), "fuzz")), terminal, request.environment(), System.getProperty("user.dir"), "fuzz", "bgjob", null);
        return new Cli(surroundings).run(request.arguments().toArray(new String[0]));
    }
}
