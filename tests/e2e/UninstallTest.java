package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code bgjob uninstall}: removes what install made, and nothing else. */
class UninstallTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Installed installed = new Installed(home);

    @Test
    void nothing_of_it_is_left_wherever_it_was_put() {
        List<String> before = installed.tree();
        installed.install("--aliases").run();
        installed.install("--bin-dir", installed.user + "/other bin", "--aliases").run();
        assertTrue(installed.tree().contains("other bin/bgrun"));

        String said = installed.call("bgjob", "uninstall").run().out();

        assertTrue(said.contains("removed: " + installed.user + "/other bin/bgjob\n"), said);
        assertTrue(said.contains("removed: " + installed.data + "\n"), said);
        assertEquals(before, installed.tree());
    }

    @Test
    void records_jobs_and_files_of_others_stay() throws IOException {
        Path records = installed.data.resolve("records");
        installed.install("--aliases").run();
        JobRecord job = home.started(installed.call("bgjob", "run", "slow", "--dir", records.toString(), "--", "gate", "end")
                .env("PATH", home.bin() + ":" + Installed.PATH).run().out());
        JobRecord there = new JobRecord(records, job.id());
        Path mine = JobHome.write(installed.bin.resolve("bgrun"), "mine now\n", true);

        String said = installed.call("bgjob", "uninstall").run().out();

        assertTrue(said.contains("left:    " + mine + ", as it holds what bgjob did not install\n"), said);
        assertTrue(said.contains("left:    " + installed.data + ", "), said);
        assertEquals("mine now\n", Files.readString(mine));
        assertEquals(List.of("records"), List.of(installed.data.toFile().list()));
        home.open("end");
        assertEquals("0", there.ended().exitText());
    }

    @Test
    void without_an_installation_it_says_so() {
        assertTrue(home.bgjob("uninstall").complains(1).run().err().contains("nothing is installed: there is no installation in " + installed.data));
        assertFalse(Files.exists(installed.user.resolve(".local")));
    }

    @Test
    void a_lost_list_is_no_loss() throws IOException {
        List<String> before = installed.tree();
        installed.install("--aliases").run();
        Files.delete(installed.data.resolve("installed"));
        installed.call("bgjob", "uninstall").run();
        List<String> left = installed.tree().stream().filter(name -> !name.endsWith("/")).toList();
        assertEquals(before.stream().filter(name -> !name.endsWith("/")).toList(), left, "only folders that others may use too");
        assertFalse(Files.exists(installed.data));
    }

    @Test
    void it_can_be_installed_again() {
        installed.install().run();
        installed.call("bgjob", "uninstall").run();
        installed.install().run();
        assertTrue(installed.call("bgjob", "--version").run().out().startsWith("bgjob "));
    }
}
