package bgjob.support;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback as the workers in docs/examples know them: issues in pages, batches of a transcript, files with preconditions, and
 * git repositories behind a password. It fails as it is told to.
 */
public final class PeerServer implements AutoCloseable {
    /** The token that every request but git's must have. */
    public static final String TOKEN = "tok-4711-sesame";
    /** User and password that git needs. */
    public static final String LOGIN = "robot:pass-0815-word";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<Integer, String> batches = new ConcurrentHashMap<>();
    private final Path repositories;
    private final int issues;

    /**
     * @param issues how many there are, numbered from 1
     * @param repositories a folder of bare git repositories, or null
     */
    public PeerServer(int issues, Path repositories) {
        this.issues = issues;
        this.repositories = repositories;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What happens to the next requests: a status with a Retry-After perhaps, {@code drop}, {@code lose} (done, not answered), {@code hang} (until the end), {@code ok}. */
    public void next(String... what) {
        faults.addAll(List.of(what));
    }

    /** @return method and path of every request, in the order they came */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** @return how many requests changed something */
    public int writes() {
        return writes.get();
    }

    /** @return how many requests got no answer, for now */
    public int hanging() {
        return hanging.get();
    }

    public Map<String, byte[]> files() {
        return files;
    }

    public Map<Integer, String> batches() {
        return batches;
    }

    /** @return what the file of an issue holds when it is imported */
    public static String issueFile(int n) {
        return "# Title " + n + " \u00fc\n\nState: " + (n % 3 == 0 ? "closed" : "open") + "\n\nBody of " + n + "\nin two lines\n";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        requests.add(exchange.getRequestMethod() + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            if (path.startsWith("/git/")) {
                git(exchange, path.substring(5));
                return;
            }
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, new byte[0]);
                return;
            }
            String fault = faults.isEmpty() ? "ok" : faults.poll();
            if (fault.equals("hang")) {
                hanging.incrementAndGet();
                closed.await();
            } else if (fault.equals("drop")) {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('[');
            } else if (!fault.equals("ok") && !fault.equals("lose")) {
                String[] words = fault.split(" ", 2);
                if (words.length > 1) {
                    exchange.getResponseHeaders().set("Retry-After", words[1]);
                }
                send(exchange, Integer.parseInt(words[0]), new byte[0]);
            } else if (path.startsWith("/issues?")) {
                page(exchange, path);
            } else if (path.contains("/batches/")) {
                batches.put(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)), new String(body, StandardCharsets.UTF_8));
                send(exchange, 204, new byte[0]);
            } else {
                file(exchange, path, body, fault.equals("lose"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void page(HttpExchange exchange, String path) throws IOException {
        int after = Integer.parseInt(path.replaceAll(".*after=(\\d+).*", "$1"));
        int limit = Integer.parseInt(path.replaceAll(".*limit=(\\d+).*", "$1"));
        List<Map<String, Object>> page = new ArrayList<>();
        for (int n = after + 1; n <= Math.min(issues, after + limit); n++) {
            page.add(Map.of("number", n, "project", "p" + n % 7, "title", "Title " + n + " \u00fc", "state", n % 3 == 0 ? "closed" : "open",
                    "body", "Body of " + n + "\nin two lines"));
        }
        exchange.getResponseHeaders().set("X-Total-Count", Integer.toString(issues));
        send(exchange, 200, new Gson().toJson(page).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void file(HttpExchange exchange, String path, byte[] body, boolean lose) throws IOException {
        if (path.equals("/files")) {
            Map<String, String> sums = new TreeMap<>();
            files.forEach((name, content) -> sums.put(name, sum(content)));
            send(exchange, 200, new Gson().toJson(sums).getBytes(StandardCharsets.UTF_8));
            return;
        }
        String name = URLDecoder.decode(path.substring("/files/".length()), StandardCharsets.UTF_8);
        byte[] there = files.get(name);
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        boolean wrong = match != null && (there == null || !match.equals('"' + sum(there) + '"'))
                || exchange.getRequestHeaders().containsKey("If-None-Match") && there != null;
        boolean get = exchange.getRequestMethod().equals("GET");
        if (wrong || there == null && !exchange.getRequestMethod().equals("PUT")) {
            send(exchange, wrong ? 412 : 404, new byte[0]);
        } else if (get) {
            send(exchange, 200, there);
        } else {
            writes.incrementAndGet();
            if (exchange.getRequestMethod().equals("PUT")) {
                files.put(name, body);
            } else {
                files.remove(name);
            }
            if (!lose) {
                send(exchange, 204, new byte[0]);
            }
        }
    }

    /** What git's dumb protocol asks for: files. A file named {@code hold} beside the repository lets it wait until that is gone. */
    private void git(HttpExchange exchange, String path) throws IOException {
        String login = "Basic " + Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8));
        Path file = repositories.resolve(path.replaceFirst("\\?.*", ""));
        if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
            send(exchange, 401, new byte[0]);
            return;
        }
        Path hold = repositories.resolve(path.replaceFirst("/.*", "") + ".hold");
        Await.until(hold + " is gone", () -> !Files.exists(hold));
        send(exchange, Files.isRegularFile(file) ? 200 : 404, Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0]);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    public static String sum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
