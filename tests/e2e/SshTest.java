package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real sshd, with a key, a configuration and a port of its own on the loopback address, whose connection is lost. */
class SshTest {
    private static final String SSHD = "/usr/sbin/sshd";

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private CliRun.Live server(int port) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(SSHD)), "missing tool: sshd");
        Tool.need("ssh");
        Path keys = Files.createDirectory(home.root().resolve("ssh"));
        for (String key : new String[] {"host", "user"}) {
            home.command(Tool.need("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", keys.resolve(key).toString()).run();
        }
        Files.copy(keys.resolve("user.pub"), keys.resolve("authorized"));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // where sshd of Debian wants to be by itself; empty
        }
        return home.command(SSHD, "-D", "-e", "-f", "/dev/null", "-h", keys.resolve("host").toString(), "-p", Integer.toString(port),
                "-o", "ListenAddress=127.0.0.1", "-o", "AuthorizedKeysFile=" + keys.resolve("authorized"), "-o", "StrictModes=no", "-o", "PidFile=none",
                "-o", "UsePAM=no", "-o", "PermitRootLogin=yes", "-o", "PasswordAuthentication=no").exitsAnyhow().start();
    }

    private String[] ssh(int port, String command) {
        return new String[] {"ssh", "-tt", "-F", "/dev/null", "-p", Integer.toString(port), "-i", home.root() + "/ssh/user", "-o", "StrictHostKeyChecking=no",
            "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "IdentitiesOnly=yes", "127.0.0.1", command};
    }

    @Test
    @Fault(value = "hang-up", promise = "a job outlives a real sshd session whose connection is lost, and its ending is recorded")
    void a_job_survives_the_loss_of_its_ssh_connection() throws IOException {
        int port = freePort();
        CliRun.Live server = server(port);
        Await.until("sshd listens: " + server.err(), () -> server.err().contains("listening on 127.0.0.1") || !server.process().alive());
        // a login gives another environment; what marks a test's processes has to come along
        StringBuilder environment = new StringBuilder("cd " + home.work());
        home.environment().forEach((name, value) -> environment.append(name.startsWith("BGJOB_") || name.equals("PATH") ? " && export " + name + "='" + value + "'" : ""));
        CliRun.Live session = home.command(ssh(port, environment + "; bgjob run tests -- sh -c 'gate end; echo last words'; echo control=$$; exec gate never"))
                .open().exitsAnyhow().start().says("control=");
        Proc control = new Proc(Long.parseLong(session.out().replaceAll("(?s).*control=(\\d+).*", "$1")));
        assertTrue(control.hasTerminal(), "the session has a terminal");
        JobRecord job = home.job(home.status("tests").get("id").getAsString());

        session.process().signal("KILL");

        control.awaitEnd(); // the hang-up was a real one
        assertEquals("running", home.state("tests"));
        home.open("end");
        assertEquals("0", job.ended().exitText());
        assertTrue(job.output().endsWith("last words\n"), job.output());
        server.process().signal("TERM");
        server.await();
    }
}
