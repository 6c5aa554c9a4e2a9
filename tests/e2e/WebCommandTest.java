package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import bgjob.support.Proc;
import e2e.web.Site;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code bgjob web} from the command line's side: how it begins, what it refuses, and that nothing is left of it. */
class WebCommandTest {
    private static final int BUILD_WAITS = 4;

    @RegisterExtension
    final JobHome home = JobHome.withGit();

    /** Lest a test waits for the first build. */
    @BeforeAll
    static void build() throws Exception {
        new Site().close();
    }

    private static int status(String address) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        return connection.getResponseCode();
    }

    private static String address(CliRun.Live server) {
        for (int i = 0; i < BUILD_WAITS && !server.out().contains("token="); i++) { // on a busy machine a build takes longer than anything else
            try {
                Await.until("it serves", () -> server.out().contains("token="));
            } catch (AssertionError e) {
                assertTrue(server.process().alive(), server.err());
            }
        }
        server.says("token=");
        return server.out().substring(server.out().indexOf("http://")).lines().findFirst().orElseThrow();
    }

    @Test
    void ctrl_c_ends_it_and_nothing_is_left_but_the_jobs() throws Exception {
        try (Site site = new Site()) {
            String job = site.job("lasting", "exec sleep 300");
            List<Proc> its = Proc.all().stream().filter(process -> process.pid() == site.pid() || process.ppid() == site.pid()).toList();
            assertEquals(1, its.size(), "one process serves");
            assertTrue(its.get(0).commandLine().contains(" web "), "the launcher has become it: " + its.get(0).commandLine());
            assertEquals(130, site.stop());
            its.forEach(Proc::awaitEnd);
            assertTrue(site.run(Site.bgjob(), "status", job).startsWith("RUNNING "));
            site.start();
            assertEquals(200, site.get("/api/jobs").statusCode(), "and it can be started again at once");
        }
    }

    @Test
    void a_taken_port_is_named_with_another_to_take() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = home.fails(1, "web", "--port", Integer.toString(taken.getLocalPort()));
            assertTrue(said.contains("port " + taken.getLocalPort()) && said.contains("--port 0") && said.lines().count() == 1, said);
        }
    }

    @Test
    void what_is_no_directory_is_refused_as_list_refuses_it() throws Exception {
        Path file = Files.createFile(home.root().resolve("file"));
        String said = home.fails(1, "web", "--port", "0", "--dir", home.root().toString(), "--dir", file.toString());
        assertEquals(home.fails(1, "list", "--dir", file.toString()), said);
        assertTrue(said.contains("is not a directory"), said);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertTrue(home.fails(2, "web", "--port", "70000").contains("70000: a number from 0 to 65535"));
        assertTrue(home.fails(2, "web", "--port", "many").contains("web:"));
        assertTrue(home.fails(2, "web", "--host", "::").contains("--allow-remote"));
        assertTrue(home.fails(2, "web", "extra").contains("bgjob web --help"));
        assertTrue(home.ok("web", "--help").startsWith("Usage: bgjob web"));
    }

    @Test
    void a_directory_before_the_verb_is_served_and_one_whose_job_is_called_web_is_a_job() throws Exception {
        Path logs = Files.createDirectories(home.root().resolve("w eb/.logs"));
        home.start("web", "true");
        CliRun.Live server = home.bgjob("--dir", logs.toString(), "web", "--port", "0").noisy().exitsAnyhow().start();
        try {
            String address = address(server);
            assertEquals(303, status(address));
            assertEquals(401, status(address.replaceFirst("\\?.*", "")));
            assertFalse(Files.exists(logs.resolve("web")), "serving writes nothing into the records");
        } finally {
            server.process().signal("TERM");
            server.process().awaitEnd();
        }
    }

    @Test
    void an_installed_one_serves_without_the_checkout() throws Exception {
        Installed installed = new Installed(home);
        Path checkout = home.root().resolve("checkout");
        home.sh("mkdir \"$1\" && cp -a \"$0\"/bgjob \"$0\"/bgjob.java \"$0\"/web.java \"$0\"/lib \"$0\"/.build \"$1\" && rm -rf \"$1\"/.build/app-*/web", JobHome.CHECKOUT.toString(),
                checkout.toString()).run();
        home.command(checkout.resolve("bgjob").toString(), "install").run();
        home.sh("rm -r \"$0\"", checkout.toString()).run();
        String jbang = System.getenv().getOrDefault("JBANG_DIR", System.getProperty("user.home") + "/.jbang");
        CliRun.Live server = installed.call("bgjob", "web", "--port", "0").env("JBANG_DIR", jbang).noisy().exitsAnyhow().start();
        try {
            Await.until("the first use says what it does", () -> server.err().contains("preparing the dashboard"));
            assertEquals(303, status(address(server)));
            assertTrue(Files.exists(installed.builds().get(0).resolve("web/web.jar")));
            assertFalse(installed.tree().toString().contains("web-work"), "nothing half made is left");
        } finally {
            server.process().signal("INT");
            server.process().awaitEnd();
        }
    }
}
