package e2e.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what becomes of those who try otherwise. */
class SafetyTest {
    private static Site site;
    private static String cookie;
    private static String job;

    @BeforeAll
    static void start() throws Exception {
        site = new Site();
        job = site.job("secret", "echo private");
        site.ended(job);
        String entered = raw("GET /?token=" + site.token() + " HTTP/1.1\r\nHost: 127.0.0.1:" + site.port(), "");
        cookie = entered.lines().filter(line -> line.startsWith("Set-Cookie: ")).findFirst().orElseThrow().substring(12);
    }

    @AfterAll
    static void end() throws Exception {
        site.close();
    }

    private static String raw(String request, String body) throws Exception {
        return Raw.ask(site.port(), request, body);
    }

    private static String session() {
        return "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
    }

    private static String host() {
        return "Host: 127.0.0.1:" + site.port();
    }

    private static int status(String request, String body) throws Exception {
        return Raw.status(raw(request, body));
    }

    @Test
    void the_token_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends() throws Exception {
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), cookie);
        assertFalse(cookie.contains(site.token()), "the token itself is not in it");
        String entered = raw("GET /?token=" + site.token() + " HTTP/1.1\r\n" + host(), "");
        assertEquals(303, Raw.status(entered));
        assertTrue(entered.contains("Location: /\r\n"), "the address bar does not keep it");
        assertEquals(200, status("GET /api/jobs HTTP/1.1\r\n" + host() + "\r\n" + session(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/jobs", "/stats", "/jobs/JOB", "/jobs/JOB/log", "/api/jobs", "/api/jobs/JOB", "/api/jobs/JOB/logs", "/api/events",
        "/api/jobs/JOB/events", "/api/openapi.json", "/api/stats", "/nothing"})
    void without_the_token_nothing_is_told(String path) throws Exception {
        String at = path.replace("JOB", job);
        for (String with : List.of("", "\r\nAuthorization: Bearer wrong", "\r\nCookie: bgjob_" + site.port() + "=wrong", "\r\nAuthorization: Basic " + site.token())) {
            String answer = raw("GET " + at + " HTTP/1.1\r\n" + host() + "\r\nAccept: text/event-stream" + with, "");
            assertEquals(401, Raw.status(answer), at + with);
            assertFalse(answer.contains("secret") || answer.contains("private") || answer.contains(site.token()), answer);
        }
        assertEquals(401, status("GET /?token=wrong HTTP/1.1\r\n" + host(), ""));
    }

    @Test
    void a_foreign_name_for_this_machine_is_refused() throws Exception {
        for (String name : List.of("evil.example", "127.0.0.1.evil.example:" + site.port(), "localhost.evil.example", "0.0.0.0", "192.168.1.5", "[::2]")) {
            assertEquals(403, status("GET /api/jobs HTTP/1.1\r\nHost: " + name + "\r\n" + session(), ""), name);
            assertEquals(403, status("GET /?token=" + site.token() + " HTTP/1.1\r\nHost: " + name, ""), name);
        }
        assertEquals(400, status("GET /api/jobs HTTP/1.1\r\n" + session(), ""), "no name at all");
        assertEquals(200, status("GET /api/jobs HTTP/1.1\r\nHost: localhost:" + site.port() + "\r\n" + session(), ""));
    }

    @Test
    void a_page_of_another_site_can_do_nothing_with_the_cookie() throws Exception {
        String form = "label=evil&command=touch+" + site.base() + "/evil";
        String type = "\r\nContent-Type: application/x-www-form-urlencoded\r\n" + session();
        for (String from : List.of("\r\nOrigin: http://evil.example", "\r\nOrigin: null", "\r\nOrigin: http://127.0.0.1:1", "\r\nOrigin: https://127.0.0.1:" + site.port(),
                "\r\nSec-Fetch-Site: cross-site", "\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate", "")) {
            assertEquals(403, status("POST /jobs HTTP/1.1\r\n" + host() + from + type, form), from);
            assertEquals(403, status("POST /api/jobs HTTP/1.1\r\n" + host() + from + type, "{\"label\":\"evil\",\"sh\":\"true\"}"), from);
            assertEquals(403, status("POST /api/jobs/" + job + "/rerun HTTP/1.1\r\n" + host() + from + type, ""), from);
        }
        for (String from : List.of("\r\nOrigin: http://evil.example", "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors")) {
            String answer = raw("GET /api/jobs HTTP/1.1\r\n" + host() + from + "\r\n" + session(), "");
            assertEquals(403, Raw.status(answer), from);
            assertFalse(answer.toLowerCase().contains("access-control"), "no CORS");
        }
        assertEquals(0, Site.json(200, site.get("/api/jobs?label=evil")).getAsJsonArray().size());
        String own = "\r\nOrigin: http://127.0.0.1:" + site.port();
        assertEquals(303, status("POST /jobs HTTP/1.1\r\n" + host() + own + type, "label=fine&command=true"));
    }

    @Test
    void every_answer_forbids_what_pages_do_not_need() throws Exception {
        for (String path : List.of("/", "/jobs", "/jobs/" + job, "/stats", "/nothing", "/api/jobs", "/assets/app.js")) {
            HttpResponse<String> answer = site.get(path);
            String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'; "), policy);
            assertFalse(policy.contains("unsafe") || policy.contains("*") || policy.contains("http"), policy);
            assertTrue(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'") && policy.contains("form-action 'self'"), policy);
            assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
            assertEquals("same-origin", answer.headers().firstValue("Referrer-Policy").orElseThrow());
            assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
            assertFalse(Pattern.compile("<[^>]+\\son\\w+=|<script(?![^>]*src=)|<style|\\sstyle=|javascript:").matcher(answer.body()).find() && !path.startsWith("/assets"), path);
        }
        HttpResponse<String> log = site.get("/jobs/" + job + "/log");
        assertTrue(log.headers().firstValue("Content-Disposition").orElseThrow().startsWith("attachment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%252f..%252fetc", "%00", "JOB%00.log", "JOB.log", "JOB/../JOB",
        ".", "%2f", "JOB;x=1", "-rf", "%3Cscript%3E", "a%0ab"})
    void an_id_is_never_a_path(String id) throws Exception {
        String named = id.replace("JOB", job);
        for (String path : List.of("/jobs/ID", "/jobs/ID/log", "/api/jobs/ID", "/api/jobs/ID/logs", "/assets/ID")) {
            String answer = raw("GET " + path.replace("ID", named) + " HTTP/1.1\r\n" + host() + "\r\nAuthorization: Bearer " + site.token(), "");
            assertTrue(List.of(400, 404).contains(Raw.status(answer)), path + ": " + answer);
            assertFalse(answer.contains("root:") || answer.contains("text/html") && answer.contains("<script>"), answer);
        }
    }

    @Test
    void long_bodies_and_heads_are_refused_and_do_no_harm() throws Exception {
        String start = "POST /api/jobs HTTP/1.1\r\n" + host() + "\r\nAuthorization: Bearer " + site.token();
        assertEquals(413, status(start, "{\"label\":\"big\",\"sh\":\"" + "x".repeat(70_000) + "\"}"));
        assertEquals(413, status("POST /jobs HTTP/1.1\r\n" + host() + "\r\nContent-Type: application/x-www-form-urlencoded\r\nAuthorization: Bearer " + site.token(),
                "label=big&command=" + "x".repeat(70_000)));
        assertEquals(431, status("GET /" + " HTTP/1.1\r\n" + host() + "\r\nX: " + "x".repeat(20_000), ""));
        assertEquals(414, status("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + host(), ""));
        String chunked = "\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded";
        String chunk = "11170\r\nlabel=big&command=" + "x".repeat(69_982) + "\r\n0\r\n\r\n";
        assertEquals(411, status(start + chunked, chunk), "a length that is not told could be any");
        assertEquals(411, status("POST /jobs HTTP/1.1\r\n" + host() + "\r\nAuthorization: Bearer " + site.token() + chunked, chunk));
        assertEquals(0, Site.json(200, site.get("/api/jobs?label=big")).getAsJsonArray().size());
    }

    @Test
    void it_listens_on_loopback_alone_unless_told_twice() throws Exception {
        String listening = Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
        String port = String.format(":%04X", site.port());
        for (String line : listening.split("\n")) {
            if (line.contains(port + " ") && line.contains(" 0A ")) {
                assertTrue(line.contains("0100007F" + port) || line.contains("0000000000000000FFFF00000100007F" + port), line);
            }
        }
        assertTrue(refusal("--host", "0.0.0.0").contains("--allow-remote"));
        assertTrue(refusal("--host", "192.0.2.1", "--allow-remote").contains("this machine has no address 192.0.2.1"));
        assertTrue(refusal("--port", Integer.toString(site.port())).contains("is taken"));
        try (Site open = new Site("--host", "0.0.0.0", "--allow-remote"); Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", open.port()), 5000);
            assertEquals(401, Raw.status(Raw.ask(open.port(), "GET /api/jobs HTTP/1.1\r\nHost: 192.168.1.5:" + open.port(), "")), "the token is needed all the same");
            assertEquals(403, Raw.status(Raw.ask(open.port(), "GET /api/jobs HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer " + open.token(), "")));
            assertEquals(200, Raw.status(Raw.ask(open.port(), "GET /api/jobs HTTP/1.1\r\nHost: 192.168.1.5:" + open.port() + "\r\nAuthorization: Bearer " + open.token(), "")));
        }
    }

    private static String refusal(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Site.bgjob(), "web"));
        command.addAll(List.of(options));
        Process refused = new ProcessBuilder(command).directory(site.project().toFile()).redirectErrorStream(true).start();
        String said = new String(refused.getInputStream().readAllBytes());
        assertEquals(said.contains("--allow-remote") ? 2 : 1, refused.waitFor(), said);
        return said;
    }

    @Test
    void no_template_puts_in_what_is_not_escaped() throws Exception {
        Path folder = docs.Checkout.root().resolve("lib/bgjob/web/site");
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertFalse(file.toString().endsWith(".html") && (text.contains("raw") || text.contains("autoescape")), file.toString());
                assertFalse(file.toString().endsWith(".js") && Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function").matcher(text).find(),
                        file.toString());
            }
        }
    }
}
