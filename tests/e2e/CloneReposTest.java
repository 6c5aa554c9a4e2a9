package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.PeerServer;
import bgjob.support.Proc;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** docs/examples/clone-repos.java against git's own peers: files, git daemon, and HTTP with a password. */
class CloneReposTest {
    private static final String SECRET = PeerServer.LOGIN.substring(PeerServer.LOGIN.indexOf(':') + 1);

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Example example = new Example(home, "clone-repos");
    private Path bare;
    private PeerServer server;

    @BeforeEach
    void make() throws Exception {
        Tool.need("git");
        bare = Files.createDirectory(home.root().resolve("bare"));
        home.makeRepository(home.root().resolve("source"));
        server = new PeerServer(0, bare);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Path repository(String name) {
        home.sh("git clone -q --bare ../source \"$0\" && git -C \"$0\" update-server-info", bare.resolve(name).toString()).in(home.root() + "/work").run();
        return bare.resolve(name);
    }

    private String http(String name) {
        return server.address().replace("://", "://" + PeerServer.LOGIN + "@") + "git/" + name;
    }

    private Path clone(String name) {
        return home.work().resolve("repos").resolve(name);
    }

    private JobRecord start(String... addresses) {
        return example.start(home.write("list.txt", "# what to clone\n" + String.join("\n", addresses) + "\n").toString(), home.work() + "/repos");
    }

    @Test
    void all_kinds_are_cloned_what_is_there_is_skipped_and_failures_are_named() throws Exception {
        int port = freePort();
        CliRun.Live daemon = home.command("git", "daemon", "--listen=127.0.0.1", "--port=" + port, "--export-all", "--base-path=" + bare, bare.toString())
                .exitsAnyhow().start();
        Await.until("git daemon listens", () -> listens(port));
        repository("a.git");
        repository("b.git");
        repository("c.git");
        home.sh("git clone -q \"$0\" repos/d && touch repos/d/own && mkdir -p repos/.b.part/.git && touch repos/.b.part/junk",
                repository("d.git").toString()).run();

        JobRecord first = example.ended(start("file://" + bare + "/a.git", "git://127.0.0.1:" + port + "/b.git", http("c.git"),
                "file://" + bare + "/d.git", http("gone.git")), 1);
        JsonObject progress = home.status(first.id()).getAsJsonObject("progress");

        for (String name : List.of("a", "b", "c", "d")) {
            assertEquals("text\n", Files.readString(clone(name).resolve("file.txt")), first.output());
        }
        assertTrue(Files.exists(clone("d").resolve("own")) && !Files.exists(clone(".b.part")), "what is there was not left alone");
        assertEquals("5/5 1 gone", progress.get("current").getAsInt() + "/" + progress.get("total").getAsInt() + " "
                + progress.get("failed").getAsJsonArray().size() + " " + progress.get("failed").getAsJsonArray().get(0).getAsString());
        assertEquals("3 cloned, 1 failed: gone\n", home.ok("result", first.id(), "--raw"));
        assertTrue(first.output().contains("d: is there\n") && first.output().contains("gone: "), first.output());
        assertTrue(home.status(first.id()).get("duration_seconds").getAsDouble() >= 2, "four times half a second lie between");
        home.command("grep", "-rlF", SECRET, home.logs().toString(), clone("").toString()).exits(1).run();

        repository("gone.git");
        JobRecord second = example.ended(example.resume(), 0);
        assertEquals("1 cloned, 0 failed\n", home.ok("result", second.id(), "--raw"));
        daemon.process().signal("TERM");
        daemon.await();
    }

    @Test
    void told_to_end_it_leaves_nothing_half_made_and_goes_on_at_the_next_one() throws Exception {
        repository("quick.git");
        Path slow = repository("slow.git");
        Path hold = Files.write(Path.of(slow + ".hold"), new byte[0]);
        JobRecord first = start("file://" + bare + "/quick.git", http("slow.git"), "file://" + bare + "/none.git");
        Await.until("it waits for the slow one", () -> Files.exists(clone(".slow.part")));
        List<String> commands = home.processes().stream().map(Proc::commandLine).toList();
        assertTrue(commands.stream().anyMatch(command -> command.contains("slow.git")), commands.toString());
        assertFalse(commands.stream().anyMatch(command -> command.contains(SECRET)), commands.toString());
        home.bgjob("stop", first.id()).run();

        assertEquals("stopped", home.state(first.id()));
        assertTrue(first.output().endsWith("1/3: 1 cloned, 0 failed\n"), first.output());
        assertFalse(Files.exists(clone(".slow.part")) || Files.exists(clone("slow")));
        assertTrue(home.status(first.id()).getAsJsonObject("progress").get("failed").getAsJsonArray().isEmpty());

        Files.delete(hold);
        JobRecord second = example.ended(example.resume(), 1);
        assertTrue(second.output().startsWith("slow: cloned\nnone: "), second.output());
        assertEquals("text\n", Files.readString(clone("slow").resolve("file.txt")));
    }

    @Test
    void what_cannot_be_cloned_holds_up_no_other_and_no_token_is_told() throws Exception {
        repository("a.git");
        Files.createDirectory(bare.resolve("other"));
        repository("other/a.git");
        String host = server.address().replaceFirst("http://", "").replaceFirst("/$", "");
        JobRecord job = example.ended(start("http://u:" + SECRET + "@" + host, "http://u:x/" + SECRET + "@" + host + "/git/b.git",
                "HTTP://u:" + SECRET + "%zz@" + host + "/git/c.git", "http://" + SECRET + "@" + host + "/git/d.git",
                "file://" + bare + "/a.git", "file://" + bare + "/other/a.git", "file://" + bare + "/a.git"), 1);

        assertEquals("1 cloned, 5 failed: address 1, address 2, c, d, address 6\n", home.ok("result", job.id(), "--raw"), job.output());
        assertEquals("7", home.status(job.id()).getAsJsonObject("progress").get("total").getAsString());
        assertTrue(job.output().contains("address 6: its folder would be a, "), job.output());
        home.command("grep", "-rlF", SECRET, home.logs().toString(), clone("").toString()).exits(1).run();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
