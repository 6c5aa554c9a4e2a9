package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java that an installed bgjob runs on, and the archive of classes for it. */
class InstalledJavaTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Installed installed = new Installed(home);

    /** Whether bgjob's own classes come out of the archive; the JVM says where each came from. */
    private boolean archiveServes() throws IOException {
        Path told = home.root().resolve("classes");
        installed.call("bgjob", "--version").env("BGJOB_JAVA_OPTIONS", "-Xlog:class+load:file=" + told).run();
        return Files.readString(told).contains("bgjob.cli.Cli source: shared objects file");
    }

    @Test
    void the_newest_is_chosen_and_when_it_has_gone_another_serves() {
        Path java = installed.makeJava("99.0.1+1");

        String said = installed.install().run().out();

        assertTrue(said.contains("\nJava:       " + java + " (99.0.1+1), the newest of "), said);
        assertTrue(installed.call("bgjob", "--version").run().out().startsWith("bgjob "));
        home.sh("mv \"$0\" \"$0.gone\"", java.toString()).run();
        assertTrue(installed.call("bgjob", "--version").run().out().startsWith("bgjob "), "and nothing is said of it");
        assertTrue(installed.call("bgjob", "--version").env("PATH", home.bin().toString()).env("JAVA_HOME", "").run().out().startsWith("bgjob "),
                "those found beside it are known");
    }

    @Test
    void one_that_does_not_run_or_is_no_release_is_passed_over() {
        Path java = installed.makeJava("99.0.1+1");
        JobHome.write(java.resolve("bin/java"), "#!/bin/sh\nexit 1\n", true);
        assertFalse(installed.install().run().out().contains("99.0.1"));
        installed.makeJava("99-ea+5");
        assertFalse(installed.install().run().out().contains("99-ea"));
    }

    @Test
    void a_java_can_be_asked_for() {
        Path java = installed.makeJava("17.0.99+1");
        String said = installed.install().env("BGJOB_JAVA_HOME", java.toString()).run().out();
        assertTrue(said.contains("\nJava:       " + java + " (17.0.99+1), as BGJOB_JAVA_HOME says\n"), said);
        assertTrue(installed.install().env("BGJOB_JAVA_HOME", home.root().toString()).complains(1).run().err().contains("there is no bin/java in it"));
        JobHome.write(java.resolve("bin/java"), "#!/bin/sh\necho this one\n", true);
        assertEquals("this one\n", installed.call("bgjob", "--version").run().out(), "the one chosen then");
        assertTrue(installed.call("bgjob", "--version").env("BGJOB_JAVA_HOME", System.getProperty("java.home")).run().out().startsWith("bgjob "));
    }

    @Test
    void the_archive_is_made_at_once_and_anew_when_the_java_has_changed() throws IOException {
        Path java = installed.makeJava("99.0.1+1");
        CliRun.Result first = installed.install().env("BGJOB_TRAIN", "on").noisy().run();
        assertTrue(first.out().contains("\nArchive:    made\n"), first.out());
        assertTrue(first.err().contains("bgjob: making the start-up archive"), first.err());
        Path build = installed.builds().get(0);
        assertTrue(Files.exists(build.resolve("Test & Co-99.0.1+1-hot.jsa")) && Files.exists(build.resolve("Test & Co-99.0.1+1-all.jsa")));
        assertTrue(archiveServes());
        assertTrue(installed.install().env("BGJOB_TRAIN", "on").run().out().contains("\nArchive:    there already\n"));

        installed.makeJava("99.0.2+1");
        assertTrue(installed.call("bgjob", "--version").env("BGJOB_TRAIN", "on").run().out().startsWith("bgjob "));

        Path renewed = build.resolve("Test & Co-99.0.2+1-all.jsa");
        Await.until("the archive is made anew in the background", () -> Files.exists(renewed));
        assertTrue(archiveServes());
        Files.writeString(renewed, "garbage");
        assertTrue(installed.call("bgjob", "--version").run().out().startsWith("bgjob "), "a damaged one is passed over in silence");
        assertTrue(Files.exists(build.resolve("Test & Co-99.0.2+1-all.jsa.failed")), "and set aside");
        assertTrue(java.toFile().exists());
        Await.until("the trainer has ended", () -> home.processes().isEmpty());
    }

    /** @return an install that makes an archive, and goes on once there is a file {@code end} in the home directory */
    private CliRun.Live heldUp() {
        Path java = installed.makeJava("99.0.1+1");
        home.sh("sed -i '2i case $* in *Xshare:dump*) : >\"$HOME/dumping\"; gate \"$HOME/end\" ;; esac' \"$0\"", java + "/bin/java").run();
        CliRun.Live install = installed.install().env("BGJOB_TRAIN", "on").exitsAnyhow().start();
        Await.until("it makes the archive", () -> Files.exists(installed.user.resolve("dumping")));
        return install;
    }

    @Test
    void a_second_install_waits_for_the_first() {
        CliRun.Live first = heldUp();
        CliRun.Live second = installed.install().start();
        Await.until("the second waits, or does not", () -> waits(second.process().pid()) || !second.process().alive());
        JobHome.write(installed.user.resolve("end"), "", false);
        assertEquals(0, first.await().code());
        second.await();
        assertEquals(1, installed.builds().size());
    }

    /** proc(5): who waits for a lock stands in a line with an arrow. */
    private static boolean waits(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/locks")).stream().anyMatch(line -> line.contains("-> ") && line.contains(" " + pid + " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_install_that_is_killed_leaves_what_was_there() throws IOException {
        installed.install().run();
        String before = Files.readString(installed.data.resolve("current"));
        JobHome.write(installed.builds().get(0).resolve("classpath"), "bgjob.jar\n", false); // so that a new build is made
        CliRun.Live install = heldUp();

        install.process().signal("KILL");
        install.await();

        assertEquals(before, Files.readString(installed.data.resolve("current")));
        JobHome.write(installed.user.resolve("end"), "", false);
        Await.until("the trainer has ended", () -> home.processes().isEmpty());
        assertEquals(List.of("bgjob"), List.of(installed.call("bgjob", "--version").run().out().split(" ")[0]));
        installed.install().run();
        assertTrue(installed.call("bgjob", "uninstall").run().out().startsWith("removed: "));
        assertFalse(Files.exists(installed.data));
    }
}
