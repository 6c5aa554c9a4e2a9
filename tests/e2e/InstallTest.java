package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code bgjob install}: what the command it makes can do, and what it leaves alone. */
class InstallTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Installed installed = new Installed(home);

    @Test
    void the_command_needs_neither_the_checkout_nor_jbang() throws IOException {
        Path checkout = home.root().resolve("a check'out");
        home.sh("mkdir \"$1\" && cp -a \"$0\"/bgjob \"$0\"/bgjob.java \"$0\"/lib \"$0\"/.build \"$1\"", JobHome.CHECKOUT.toString(), checkout.toString()).run();
        home.command(checkout.resolve("bgjob").toString(), "install").run();
        home.sh("rm -r \"$0\"", checkout.toString()).run();
        Path elsewhere = Files.createDirectory(home.root().resolve("else where"));

        CliRun.Result started = installed.call("bgjob", "run", "tests", "--wait", "--", "sh", "-c", "printf '<%s>' \"$@\"; exit 7", "sh", "", "@x", "a  b")
                .in(elsewhere).exits(7).run();

        assertTrue(started.out().contains("Follow:    " + installed.bin + "/bgjob follow tests\n"), started.out());
        assertEquals("<><@x><a  b>", installed.call("bgjob", "logs", "tests").in(elsewhere).run().out());
        assertTrue(installed.call("bgjob", "status").in(elsewhere).run().out().startsWith("NOT RUNNING label=tests "));
        assertTrue(installed.call("bgjob", "list").in(elsewhere).run().out().contains("failed"));
        assertFalse(installed.tree().toString().contains("jbang"), "JBang has not been there");
    }

    @Test
    void a_closed_standard_input_is_an_empty_one() {
        installed.install().run();
        String said = home.sh("exec \"$0\" batch x -- true <&-", installed.bin + "/bgjob").env("PATH", Installed.PATH).complains(2).run().err();
        assertTrue(said.contains("the list on standard input holds no items"), said);
    }

    @Test
    void the_short_commands_do_as_their_verbs() {
        String said = installed.install("--aliases").run().out();

        assertTrue(said.contains("\nAliases:    bgrun bgfollow bgstatus bgstop bglist bglatest\n"), said);
        String path = installed.bin + ":" + Installed.PATH;
        String started = installed.call("bgrun", "plain", "printf", "%s|", "--", "-f", "a b").env("PATH", path).run().out();
        assertTrue(started.contains("Stop:      bgjob stop plain\n"), started);
        installed.call("bgrun", "dashed", "--", "echo", "dashed").run();
        installed.call("bgrun", "texted", "--sh", "echo text | cat").run();
        installed.call("bgrun", "--env", "A=first", "options", "--wait", "--", "sh", "-c", "echo $A").run();
        home.started(started).ended();
        assertEquals("--|-f|a b|", installed.call("bgfollow", "plain").noisy().run().out());
        assertEquals("dashed\n", installed.call("bgfollow", "dashed").noisy().run().out());
        assertEquals("text\n", installed.call("bgfollow", "texted").noisy().run().out());
        assertEquals("first\n", installed.call("bgfollow", "options").noisy().run().out());
        assertTrue(installed.call("bgstatus", "plain").run().out().contains("\nEXITCODE 0 "));
        assertTrue(installed.call("bgstop", "plain").run().out().startsWith("not running: plain_"));
        assertEquals(5, installed.call("bglist").run().lines().size());
        assertTrue(installed.call("bglatest", "plain").run().out().endsWith(".log\n"));
        assertTrue(installed.call("bgrun", "--help").run().out().startsWith("Usage: bgjob run "));
        assertTrue(installed.call("bgrun", "alone").complains(2).run().err().contains("put it behind --"));
    }

    @Test
    void several_at_once_make_one_whole_installation() {
        List<CliRun.Live> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(installed.install("--bin-dir", i < 2 ? installed.bin.toString() : home.root() + "/bin " + i).start());
        }
        calls.forEach(CliRun.Live::await);

        assertEquals(1, installed.builds().size(), "the same build is not made twice");
        for (String bin : List.of(installed.bin.toString(), home.root() + "/bin 2", home.root() + "/bin 3")) {
            assertTrue(home.command(bin + "/bgjob", "--version").env("PATH", Installed.PATH).run().out().startsWith("bgjob "));
        }
    }

    @Test
    void a_running_command_keeps_its_build_when_another_is_installed() throws IOException {
        installed.install().run();
        Path first = installed.builds().get(0);
        installed.call("bgjob", "run", "slow", "--", "gate", "end").env("PATH", home.bin() + ":" + Installed.PATH).run();
        CliRun.Live following = installed.call("bgjob", "follow", "slow").noisy().start();
        Await.until("follow has come up", () -> following.process().commandLine().contains("-cp " + first));
        JobHome.write(first.resolve("classpath"), "bgjob.jar\n", false); // as if it were of another version

        installed.install().run();

        assertEquals(2, installed.builds().size());
        assertTrue(Files.readString(installed.data.resolve("current")).contains("/" + installed.builds().get(1).getFileName() + "/bgjob.jar"));
        home.open("end");
        following.await();
        assertTrue(installed.call("bgjob", "status", "slow").run().out().contains("\nEXITCODE 0 "));
    }

    @Test
    void old_builds_go_but_the_newest_and_those_of_the_last_hour() throws IOException {
        List<String> old = List.of("app-1000000000001-1", "app-1000000000002-1", "app-1000000000003-1", "app-1000000000004-1");
        for (String name : old) {
            JobHome.write(installed.data.resolve(name + "/bgjob.jar"), "", false);
            assertTrue(name.equals(old.get(1)) || installed.data.resolve(name).toFile().setLastModified(0));
        }
        JobHome.write(installed.data.resolve("work.1/app"), "of one that was killed", false);

        installed.install().run();

        List<String> left = installed.builds().stream().map(build -> build.getFileName().toString()).toList();
        assertEquals(old.subList(1, 4), left.subList(0, 3));
        assertEquals(4, left.size());
        assertFalse(Files.exists(installed.data.resolve("work.1")));
    }

    @Test
    void it_says_what_to_do_when_the_directory_is_not_on_path() {
        assertTrue(installed.install().env("PATH", Installed.PATH).run().out()
                .contains("~/.local/bin is not on your PATH; put this line into ~/.bashrc: export PATH=~/.local/bin:\"$PATH\"\n"));
        assertTrue(installed.install().env("PATH", Installed.PATH).env("SHELL", "/bin/zsh").run().out()
                .contains("\nFor completion in zsh, put this line into ~/.zshrc, before compinit: fpath=(~/.local/share/bgjob/zsh $fpath)\n"));
        String reached = installed.install().env("PATH", installed.bin + ":" + Installed.PATH).run().out();
        assertFalse(reached.contains("PATH"), reached);
        String hidden = installed.install().env("PATH", home.bin() + ":" + installed.bin + ":" + Installed.PATH).run().out();
        assertTrue(hidden.contains("'bgjob' on your PATH is " + home.bin() + "/bgjob, which comes first"), hidden);
    }

    @Test
    void what_somebody_else_put_there_is_left_alone() throws IOException {
        Path command = JobHome.write(installed.bin.resolve("bgjob"), "mine\n", true);
        List<String> before = installed.tree();
        String complaint = installed.install().complains(1).run().err();
        assertTrue(complaint.contains(command + " is another file, which bgjob did not install; remove or rename it"), complaint);
        Files.delete(command);
        Files.createSymbolicLink(command, JobHome.CHECKOUT.resolve("bgjob"));
        assertTrue(installed.install().complains(1).run().err().contains(" is a link to " + JobHome.CHECKOUT + "/bgjob, which"));
        assertEquals(before, installed.tree(), "nothing was made");
        Files.delete(command);
        JobHome.write(installed.bin.resolve("bgstop"), "mine\n", true);
        assertTrue(installed.install("--aliases").complains(1).run().err().contains("/bgstop is another file"));
        Path completion = JobHome.write(installed.user.resolve(".config/fish/completions/bgjob.fish"), "# mine\n", false);

        String said = installed.install().run().out();

        assertTrue(said.contains("\nLeft alone: " + completion + ", which bgjob did not write\n"), said);
        assertEquals("# mine\n", Files.readString(completion));
    }

    @Test
    void places_that_cannot_be_are_named_in_a_sentence() {
        assertTrue(installed.install().without("HOME").complains(1).run().err().contains("HOME is not set, so there is no place"));
        assertTrue(installed.install().env("HOME", "relative").complains(1).run().err().contains("HOME is 'relative', which is no absolute path"));
        assertTrue(installed.install().env("XDG_DATA_HOME", home.root() + "/a:b").complains(1).run().err().contains("a colon would split"));
        home.write("file", "");
        assertTrue(installed.install("--bin-dir", "file").complains(1).run().err().contains(home.work() + "/file"));
        assertTrue(installed.install("--bin-dir", "").complains(2).run().err().contains("--bin-dir is empty"));
        assertTrue(installed.install("surplus").complains(2).run().err().contains("surplus"));
        assertTrue(home.bgjob("--dir", "x", "install").complains(2).run().err().contains("--dir"));
    }

    @Test
    void a_command_whose_folder_is_gone_says_so() {
        installed.install("--aliases").run();
        home.sh("rm -r \"$0\"", installed.data.toString()).run();
        for (String name : List.of("bgjob", "bglist")) {
            assertTrue(installed.call(name, "list").complains(1).run().err().contains("its files in " + installed.data + " are gone; install it again"));
        }
    }

    @Test
    void any_home_will_do() {
        for (String name : List.of("it's \"home\" $x", "new\nline", "é 日本語")) {
            Path folder = home.root().resolve(name);
            home.sh("mkdir \"$0\"", folder.toString()).run();
            installed.install("--aliases").env("HOME", folder.toString()).run();
            home.command(folder + "/.local/bin/bgrun", "t", "--wait", "--", "echo", "hi").env("HOME", folder.toString()).noisy().run();
            assertTrue(home.command(folder + "/.local/bin/bgjob", "uninstall").env("HOME", folder.toString()).run().out().startsWith("removed: "));
            assertEquals(0, folder.toFile().list().length);
        }
    }
}
