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

/**
 * A server that may be slow, busy, broken or gone. Failures of its own and of the line are tried again, so ask for nothing that must not
 * happen twice; 429 pauses the job and says until when. A token in {@code $PEER_TOKEN} goes along and into no log.
 */
final class Peer {
    private static final int TRIES = 6;
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
        String why = "the job was told to end";
        long delay = 100;
        for (int i = 0; i < TRIES && !worker.stopping(); i++) {
            try {
                HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
                if (response.statusCode() == 429) {
                    throw worker.pause("rate limited by " + base.getHost() + " until " + until(response));
                }
                if (response.statusCode() < 500) {
                    return response;
                }
                why = "HTTP " + response.statusCode();
            } catch (IOException e) {
                why = e.toString();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            worker.log(what + ": " + why + "; once more in " + delay + " ms");
            worker.sleep(Duration.ofMillis(delay));
            delay *= 2;
        }
        throw BgjobException.failed(what + ": " + why + "; go on with: bgjob resume " + worker.id());
    }

    /** Has to be answered by 2xx. */
    HttpResponse<byte[]> must(String method, String path, byte[] body, String... headers) throws IOException {
        HttpResponse<byte[]> response = send(method, path, body, headers);
        if (response.statusCode() / 100 != 2) {
            throw BgjobException.failed(method + " " + base.resolve(path) + ": HTTP " + response.statusCode());
        }
        return response;
    }

    /** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
    private static String until(HttpResponse<?> response) {
        String after = response.headers().firstValue("Retry-After").orElse("");
        try {
            Instant time = after.matches("\\d{1,9}") ? Instant.now().plusSeconds(Long.parseLong(after))
                    : ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return time.truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeException e) {
            return "nobody knows when";
        }
    }
}
