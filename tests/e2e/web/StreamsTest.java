package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Server-sent events: what comes, in which order, and that nothing is lost or doubled when a reader goes away and comes back. */
class StreamsTest {
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
    }

    private record Event(String name, String data, String id) {
        JsonObject json() {
            return JsonParser.parseString(data).getAsJsonObject();
        }
    }

    private static HttpRequest.Builder events(String path) {
        return site.request(path).header("Accept", "text/event-stream");
    }

    /** The next event; comments are passed over. */
    private static Event next(Iterator<String> lines) {
        String name = null;
        String id = null;
        StringBuilder data = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data.append(line.substring(6));
            } else if (line.isEmpty() && name != null) {
                return new Event(name, data.toString(), id);
            }
        }
        return null;
    }

    @Test
    void a_job_is_told_from_its_state_to_its_end() throws Exception {
        String id = site.job("told", "for i in 1 2 3; do echo \"line $i\"; echo \"$i/3\" >>\"$BGJOB_PROGRESS\"; sleep 0.6; done; exit 4");
        try (Stream<String> stream = site.lines(events("/api/jobs/" + id + "/events")).body()) {
            Iterator<String> lines = stream.iterator();
            List<String> names = new ArrayList<>();
            StringBuilder log = new StringBuilder();
            Event last = null;
            for (Event event = next(lines); event != null; event = next(lines)) {
                names.add(event.name());
                log.append(event.name().equals("log") ? event.json().get("text").getAsString() : "");
                last = event;
            }
            assertEquals("state", names.get(0));
            assertTrue(names.contains("progress"), names.toString());
            assertEquals("line 1\nline 2\nline 3\n", log.toString());
            assertEquals("end", last.name(), "it ends by itself");
            assertEquals(4, last.json().getAsJsonObject("job").get("exit_code").getAsInt());
            assertEquals("21", last.id());
        }
    }

    @Test
    void a_reader_who_comes_back_misses_nothing_and_gets_nothing_twice_over_a_restart_too() throws Exception {
        String id = site.job("counted", "i=0; while [ $i -lt 4000 ]; do i=$((i+1)); echo \"line $i \u00e4\u20ac\"; [ $((i % 100)) -ne 0 ] || sleep 0.1; done");
        StringBuilder log = new StringBuilder();
        String last = null;
        boolean ended = false;
        for (int round = 0; !ended; round++) {
            HttpRequest.Builder request = events("/api/jobs/" + id + "/events");
            if (last != null) {
                request.header("Last-Event-ID", last);
            }
            try (Stream<String> stream = site.lines(request).body()) {
                Iterator<String> lines = stream.iterator();
                Event event = next(lines);
                for (int n = 0; event != null && (n < 6 || round > 4); n++) {
                    log.append(event.name().equals("log") ? event.json().get("text").getAsString() : "");
                    last = event.id() == null ? last : event.id();
                    ended |= event.name().equals("end");
                    event = next(lines);
                }
            }
            if (round == 2) {
                site.stop();
                site.start();
            }
        }
        assertEquals(Files.readString(site.logs().resolve(id + ".log")), log.toString());
        assertEquals(4000, log.toString().lines().count());
    }

    @Test
    void all_jobs_are_told_of_and_who_was_away_for_too_long_is_sent_back_to_the_list() throws Exception {
        String seen;
        try (Stream<String> stream = site.lines(events("/api/events")).body()) {
            Iterator<String> lines = stream.iterator();
            assertEquals("hello", next(lines).name());
            String id = site.job("news", "sleep 0.5");
            List<String> states = new ArrayList<>();
            Event event = next(lines);
            while (!states.contains("completed")) {
                if (event.json().get("id").getAsString().equals(id)) {
                    states.add(event.json().get("state").getAsString());
                }
                seen = event.id();
                event = states.contains("completed") ? null : next(lines);
            }
            assertEquals(List.of("running", "completed"), states.stream().distinct().toList());
        }
        try (Stream<String> stream = site.lines(events("/api/events")).body()) {
            seen = next(stream.iterator()).id();
        }
        String away = site.job("away", "true");
        site.ended(away);
        try (Stream<String> stream = site.lines(events("/api/events").header("Last-Event-ID", seen)).body()) {
            Iterator<String> lines = stream.iterator();
            Event event = next(lines);
            assertEquals("job", event.name(), "what happened meanwhile");
            while (!event.json().get("id").getAsString().equals(away)) {
                event = next(lines);
            }
        }
        try (Stream<String> stream = site.lines(events("/api/events").header("Last-Event-ID", "other-17")).body()) {
            assertEquals("reset", next(stream.iterator()).name());
        }
    }

    private static Socket stalled(String id) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
        ask(socket, id);
        return socket;
    }

    private static void ask(Socket socket, String id) throws Exception {
        socket.getOutputStream().write(("GET /api/jobs/" + id + "/events HTTP/1.1\r\nHost: 127.0.0.1:" + site.port() + "\r\nAccept: text/event-stream\r\n"
                + "Authorization: Bearer " + site.token() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** @return how many threads of the server write to a reader */
    private static long writers() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(site.pid()), "task"))) {
            return threads.filter(thread -> {
                try {
                    return Files.readString(thread.resolve("comm")).strip().equals("write");
                } catch (IOException e) {
                    return false; // it has ended
                }
            }).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readers_who_do_not_read_delay_nobody_else_and_are_dropped() throws Exception {
        String id = site.job("flood", "yes 'a line of a long log' | head -c 62914560");
        site.ended(id);
        List<Socket> stalled = new ArrayList<>();
        try (Stream<String> stream = site.lines(events("/api/events")).body()) {
            Iterator<String> lines = stream.iterator();
            assertEquals("hello", next(lines).name());
            for (int i = 0; i < 40; i++) {
                stalled.add(stalled(id));
            }
            Await.until("they stall", () -> writers() >= 24);
            long began = System.nanoTime();
            String heard = site.job("heard", "true");
            Event event = next(lines);
            while (!event.json().get("id").getAsString().equals(heard)) {
                event = next(lines);
            }
            assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(8), "the others hear at once");
            Await.until("no thread is held any more", () -> writers() < 5);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void two_hundred_idle_streams_hold_no_threads_and_leave_the_server_quick() throws Exception {
        String id = site.job("idle", "exec sleep 120");
        Path threads = Path.of("/proc", Long.toString(site.pid()), "task");
        List<Socket> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
                socket.setSoTimeout(30_000);
                ask(socket, id);
                streams.add(socket);
            }
            for (Socket socket : streams) {
                assertEquals('H', socket.getInputStream().read(), "each is answered");
            }
            Await.until("no stream holds a thread", () -> threads.toFile().list().length < 60);
            long began = System.nanoTime();
            assertEquals(200, site.get("/jobs").statusCode());
            assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(10));
            site.run(Site.bgjob(), "stop", id, "--grace", "1s");
            for (Socket socket : streams) {
                String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(rest.contains("event: end"), "each hears of the end");
            }
        } finally {
            for (Socket socket : streams) {
                socket.close();
            }
        }
    }
}
