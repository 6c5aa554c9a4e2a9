package e2e.web;

import bgjob.support.Await;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import docs.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real dashboard, started as a user does, for a repository of its own and with a home of its own. */
public final class Site implements AutoCloseable {
    private static final int SECONDS = 240;

    private final Path base;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> options;
    private Process server;
    private String address;
    private int port;

    /** @param options more of them for {@code bgjob web} */
    public Site(String... options) throws IOException, InterruptedException {
        this.base = Files.createTempDirectory("bgjob-web").toRealPath();
        this.options = List.of(options);
        Files.createDirectories(project());
        run("git", "init", "-q", "-b", "main", ".");
        run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "Begin");
        start();
    }

    public Path project() {
        return base.resolve("project");
    }

    public Path logs() {
        return project().resolve(".logs");
    }

    public Path base() {
        return base;
    }

    /** Starts it; on the same port as before, if there was one. */
    public void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,QUIT", bgjob(), "web", "--port", Integer.toString(port)));
        command.addAll(options);
        Path out = Files.createTempFile(base, "out", null);
        server = builder(command.toArray(new String[0])).redirectOutput(out.toFile()).redirectErrorStream(true).start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); // the first one builds it
        while (!Files.readString(out).contains("token=")) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the dashboard does not start: " + Files.readString(out));
            }
            server.waitFor(20, TimeUnit.MILLISECONDS);
        }
        String text = Files.readString(out);
        address = text.substring(text.indexOf("http://"), text.indexOf('\n', text.indexOf("http://"))).strip();
        port = URI.create(address).getPort();
    }

    /** Ends it as Ctrl+C does. */
    public int stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", "INT", Long.toString(server.pid())).start().waitFor();
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the dashboard does not end");
        }
        return server.exitValue();
    }

    public long pid() {
        return server.pid();
    }

    public int port() {
        return port;
    }

    /** @return the address that it printed, with the token */
    public String address() {
        return address;
    }

    public String token() {
        return address.substring(address.indexOf("token=") + 6);
    }

    public static String bgjob() {
        return Checkout.root().resolve("bgjob").toString();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(project().toFile()).redirectInput(Path.of("/dev/null").toFile());
        Map<String, String> environment = builder.environment();
        String jbang = environment.getOrDefault("JBANG_DIR", System.getProperty("user.home") + "/.jbang");
        environment.keySet().removeIf(name -> name.startsWith("BGJOB_") && !name.equals("BGJOB_JAVA_HOME") || name.startsWith("GIT_"));
        environment.put("BGJOB_TRAIN", "off");
        environment.put("BGJOB_TEST_RUN", System.getProperty("bgjob.testRun", "by hand"));
        environment.put("HOME", base.resolve("home").toString());
        environment.put("JBANG_DIR", jbang);
        environment.keySet().removeAll(List.of("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"));
        return builder;
    }

    /** @return what a program printed; it has to end with 0 */
    public String run(String... command) throws IOException, InterruptedException {
        Process process = builder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + out);
        }
        return out;
    }

    /** Starts a job by the command line. @return its id */
    public String job(String label, String shell) throws IOException, InterruptedException {
        return JsonParser.parseString(run(bgjob(), "run", label, "--json", "--sh", shell)).getAsJsonObject().get("id").getAsString();
    }

    /** Waits until a job has ended. */
    public void ended(String id) {
        Await.until(id + " has ended", () -> Files.exists(logs().resolve(id + ".exit")));
    }

    /** @return a request with the token, to be changed as needed */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + token());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<Stream<String>> lines(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofLines());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    /** @return the JSON of an answer with that status */
    public static JsonElement json(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new AssertionError("status " + answer.statusCode() + " instead of " + status + ": " + answer.body());
        }
        return JsonParser.parseString(answer.body());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (server.isAlive()) {
            stop();
        }
        if (Files.exists(logs())) {
            builder(bgjob(), "stop", "--all", "--grace", "1s").redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        }
        Await.until(base + " can be removed", this::removed);
    }

    private boolean removed() {
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return !Files.exists(base); // something of it was still being written
        }
    }
}
