import bgjob.Worker;
import bgjob.job.BgjobException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that may be slow, busy, broken or gone. Failures of its own and of the line are tried again, so ask for nothing that must not
 * happen twice; 429 pauses the job and says until when. A token in {@code $PEER_TOKEN} goes along and into no log.
 */
final class Peer {
    private static final int TRIES = 6;
    private static final long LOOK = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Worker worker;
    private final URI base;
    private final String token = System.getenv("PEER_TOKEN");

    /** @param base the server's address, such as {@code http://localhost:8080/} */
    Peer(Worker worker, String base) {
        this.worker = worker;
        this.base = URI.create(base.endsWith("/") ? base : base + "/");
        worker.secret(token);
    }

    /** @param headers names and values in turn */
    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        String what = method + " " + base.resolve(path);
        String why = null;
        long delay = 100;
        for (int i = 0; i < TRIES && !worker.stopping(); i++) {
            try {
                HttpResponse<byte[]> response = answer(request.build());
                if (response == null) {
                    break; // told to end; what was asked is asked again by the next attempt
                }
                if (response.statusCode() == 429) {
                    throw worker.pause("rate limited by " + base.getHost() + " until " + until(response));
                }
                if (response.statusCode() < 500) {
                    return response;
                }
                why = "HTTP " + response.statusCode();
            } catch (IOException e) {
                why = e.getMessage();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            worker.log(what + ": " + why + "; once more in " + delay + " ms");
            worker.sleep(Duration.ofMillis(delay));
            delay *= 2;
        }
        throw BgjobException.failed(what + ": " + (worker.stopping() ? "the job was told to end" : why) + "; go on with: bgjob resume " + worker.id());
    }

    /** @return the answer, or null when the job is told to end before it comes: a server may take longer than bgjob waits then */
    private HttpResponse<byte[]> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request, BodyHandlers.ofByteArray());
        while (!worker.stopping()) {
            try {
                return coming.get(LOOK, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // not yet
            } catch (ExecutionException e) {
                throw new IOException(e.getCause().toString(), e.getCause());
            }
        }
        coming.cancel(true);
        return null;
    }

    /** Has to be answered by 2xx. */
    HttpResponse<byte[]> must(String method, String path, byte[] body, String... headers) throws IOException {
        HttpResponse<byte[]> response = send(method, path, body, headers);
        if (response.statusCode() / 100 != 2) {
            throw BgjobException.failed(method + " " + base.resolve(path) + ": HTTP " + response.statusCode());
        }
        return response;
    }

    /** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); whoever comes at the time that is said here is not too early. */
    private static String until(HttpResponse<?> response) {
        String after = response.headers().firstValue("Retry-After").orElse("");
        try {
            Instant time = after.matches("\\d{1,9}") ? Instant.now().plusSeconds(Long.parseLong(after)).plusMillis(999)
                    : ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return time.truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeException e) {
            return "nobody knows when";
        }
    }
}
