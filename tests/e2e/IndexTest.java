package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a directory of many jobs the program and its jobs keep an index of ids; whoever else works there changes no answer. */
class IndexTest {
    private static final int OLD = 210;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void have_many_jobs_and_an_index() {
        for (int i = 0; i < OLD; i++) {
            String id = (i % 2 == 0 ? "old_20260101_" : "tests_20260101_") + (100000 + i);
            home.write(".logs/" + id + ".exit", "0\n");
            home.write(".logs/" + id + ".log", "");
        }
        home.write(".logs/.gitignore", "*\n");
        home.write(".logs/jobs/x", "");
        home.ok("status", "old");
        assertTrue(Files.exists(stamp()), "there is an index");
    }

    private Path stamp() {
        return home.logs().resolve("index/stamp");
    }

    /** @return what changes when the index is made anew */
    private String generation() {
        try {
            return Files.readString(stamp()).split(" ")[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean valid() {
        try {
            return Files.getLastModifiedTime(stamp()).equals(Files.getLastModifiedTime(home.logs()));
        } catch (IOException e) {
            return false;
        }
    }

    /** @return the ids that are recorded, as the names in the directory say */
    private List<String> recorded(String label) {
        Set<String> ids = new TreeSet<>();
        for (String name : home.logs().toFile().list()) {
            if (name.startsWith(label + "_") && (name.endsWith(".meta") || name.endsWith(".exit"))) {
                ids.add(name.substring(0, name.length() - 5));
            }
        }
        List<String> newest = new ArrayList<>(ids);
        int stamp = label.length() + 16; // behind it is the number, if there is one
        newest.sort(Comparator.comparing((String id) -> id.substring(0, stamp)).thenComparing(String::length).thenComparing(id -> id).reversed());
        return newest;
    }

    private void agrees(String label) {
        List<String> ids = recorded(label);
        assertEquals(ids.get(0), home.status(label).get("id").getAsString());
        assertEquals(home.logs() + "/" + ids.get(0) + ".log\n", home.ok("latest", label));
        assertEquals(ids.subList(0, Math.min(3, ids.size())), home.bgjob("list", label, "-n", "3", "-q").run().lines());
        assertEquals(ids.size(), home.bgjob("list", label, "--all", "-q").run().lines().size());
    }

    @Test
    void jobs_of_our_own_are_accounted_for() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/dash")), "missing tool: dash");
        String generation = generation();
        JobRecord job = home.start("new", "gate", "end");
        Await.until("the leader sets the stamp after its record", this::valid);
        agrees("new");
        home.open("end");
        job.ended();
        assertTrue(valid(), "after the ending");
        home.start("new", "false").ended();
        home.start("tests", "sleep", "60");
        home.bgjob("stop", "tests").run();
        agrees("new");
        agrees("tests");
        agrees("old");

        assertEquals(generation, generation(), "it never had to be made anew");
    }

    @Test
    void a_leader_whose_shell_compares_whole_seconds_lets_it_be() {
        Path shell = JobHome.write(home.root().resolve("busybox-sh"), "#!/bin/sh\nexec " + Tool.need("busybox") + " sh \"$@\"\n", true);
        for (int i = 0; i < 3; i++) {
            CliRun.Result started = home.bgjob("run", "new", "--", "false").env("BGJOB_SH", shell.toString()).run();
            agrees("new");
            home.started(started.out()).ended();
            agrees("new");
        }
        agrees("tests");
    }

    @Test
    @Fault(value = "two versions", promise = "jobs of an older job script beside an index are seen")
    void jobs_of_an_older_version_beside_it_are_seen() throws IOException {
        String template = Files.readString(JobHome.CHECKOUT.resolve("tests/data/older/job.sh"));
        for (int i = 0; i < 2; i++) {
            JobRecord ours = home.start("new", "gate", "end" + i);
            String id = "new_20990101_00000" + i;
            Path script = home.logs().resolve("jobs/" + id + ".sh");
            home.write(".logs/" + id + ".log", ""); // it claims, it writes the script, it starts it
            agrees("new");
            Files.createDirectory(home.logs().resolve("jobs/" + id + ".checkpoint"));
            JobHome.write(script, template.replace("@ID@", id).replace("@LABEL@", "new").replace("@DIR@", home.logs().toString())
                    .replace("@SH@", "/bin/sh").replace("@CWD@", home.work().toString()).replace("@GIT@", "''").replace("@VENV@", "''")
                    .replace("@ENV@", ":").replace("@COMMAND@", "gate older" + i).replace("@META@", "'label=new'"), true);
            CliRun.Live leader = home.command("/bin/sh", script.toString(), "detach").start().says("recorded ");
            agrees("new");
            assertEquals(id, home.status("new").get("id").getAsString());
            home.open("end" + i); // the two end at the same time
            home.open("older" + i);
            leader.await();
            ours.ended();
            agrees("new");
            assertEquals("0", home.job(id).exitText());
            assertEquals("completed", home.state(id));
        }
    }

    @Test
    void many_runs_at_once_are_all_found() {
        List<CliRun.Live> runs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            runs.add(home.bgjob("run", i % 4 == 0 ? "tests" : "new", "--", "true").start());
        }
        List<JobRecord> jobs = new ArrayList<>();
        runs.forEach(run -> jobs.add(home.started(run.await().out())));
        jobs.forEach(JobRecord::ended);
        assertEquals(12, recorded("new").size());
        agrees("new");
        agrees("tests");
    }

    /** @return a call of bgjob as a user to whom {@link JobHome#work} belongs, and who may read this checkout */
    private CliRun asNobody(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Tool.need("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups",
                JobHome.CHECKOUT.resolve("bgjob").toString()));
        command.addAll(List.of(arguments));
        return home.command(command.toArray(new String[0]));
    }

    private void giveToNobody(String what) {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can be another user");
        home.sh("chmod 755 \"$0\"; chown -R 65534 \"$1\"", home.root().toString(), what).run();
    }

    @Test
    void in_folders_that_cannot_be_written_the_answers_are_right() {
        giveToNobody(home.work().toString());
        int n = 0;
        for (String folder : List.of("index", ".")) {
            String path = home.logs().resolve(folder).toString();
            home.sh("chmod 500 \"$0\"", path).run();
            for (int i = 0; i < 2; i++) {
                String id = "old_20270101_00000" + n++;
                home.sh(": >\"$0\".meta", home.logs() + "/" + id).run(); // root may
                assertEquals(id, asNobody("list", "old", "-n", "1", "-q").run().lines().get(0));
            }
            if (folder.equals("index")) {
                String said = asNobody("run", "new", "--wait", "--", "true").run().out();
                assertEquals(JobHome.value(said, "Id"), asNobody("list", "new", "-n", "1", "-q").run().lines().get(0));
            }
            home.sh("chmod 700 \"$0\"", path).run();
        }
        assertTrue(asNobody("status", "new").run().out().contains("EXITCODE 0 "));
    }

    @Test
    @Fault(value = "files of others", promise = "an index of another user changes no answer")
    void an_index_of_another_user_is_no_harm() {
        giveToNobody(home.logs().resolve("index").toString());
        home.start("new", "false").ended();
        agrees("new");
        home.sh("chown -R 65534 \"$0\"", home.logs().toString()).run(); // and now the records are another's, too
        agrees("new");
        home.sh("rm -r \"$0\"/index", home.logs().toString()).run();
        agrees("new");
        assertFalse(Files.exists(home.logs().resolve("index")), "among another user's records none is made");
    }
}
