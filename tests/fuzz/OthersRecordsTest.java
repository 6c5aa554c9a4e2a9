package fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that somebody else made, owns or changed. */
class OthersRecordsTest {
    private static final String NOBODY = "65534";

    @RegisterExtension
    final Place place = new Place(JobHome.plain());

    private final JobHome home = place.home;

    private void give(Path file) {
        int code = home.sh("chown -R " + NOBODY + " \"$0\"", file.toString()).exitsAnyhow().run().code();
        assumeTrue(code == 0, "only root can give files away");
    }

    @Test
    void a_directory_of_another_user_is_refused_and_nothing_is_written_into_it() throws IOException {
        Files.createDirectory(home.logs());
        give(home.logs());

        for (List<String> dir : List.of(List.<String>of(), List.of("--dir", link("shared", home.logs())))) {
            String[] words = dir.isEmpty() ? new String[] {"run", "x", "--", "true"} : new String[] {"run", "x", dir.get(0), dir.get(1), "--", "true"};
            String said = place.exits(1, words).complaint();
            assertTrue(said.contains(" belongs to ") && said.contains("use --dir DIR"), said);
        }
        try (var files = Files.list(home.logs())) {
            assertEquals(List.of(), files.toList());
        }
        assertEquals(0, place.call("list").status());
    }

    private String link(String name, Path target) throws IOException {
        return Files.createSymbolicLink(home.work().resolve(name), target).toString();
    }

    @Test
    void a_directory_that_is_a_link_to_one_s_own_is_followed() throws IOException {
        Path elsewhere = Files.createDirectory(home.root().resolve("elsewhere"));
        Files.createSymbolicLink(home.logs(), elsewhere);

        JobRecord job = place.start("x", "echo hello").ended();

        assertTrue(Files.isRegularFile(elsewhere.resolve(job.id() + ".exit")));
        place.exits(0, "prune", job.id());
        assertTrue(Files.isSymbolicLink(home.logs()), "the link is the user's own");
    }

    @Test
    void a_script_that_another_user_owns_or_may_have_changed_is_not_run_again() {
        JobRecord job = place.start("x", "echo run >>" + home.work() + "/runs; exit 3").ended();
        for (String mode : List.of("0755", "0722", "0644", "0604")) {
            home.sh("chmod " + mode + " \"$0\"", job.script().toString()).run();
            for (String verb : List.of("rerun", "resume")) {
                String said = place.exits(1, verb, "x").complaint();
                assertTrue(said.contains("open to others") && said.contains("chmod 700"), said);
            }
        }
        home.sh("chmod 0700 \"$0\"", job.script().toString()).run();
        give(job.script());
        for (String verb : List.of("rerun", "resume")) {
            String said = place.exits(1, verb, "x").complaint();
            assertTrue(said.contains(" belongs to "), said);
        }
        assertEquals(1, place.json("list", "--all").getAsJsonArray().size(), "no job has come of it");
        assertEquals(List.of("run"), home.sh("cat runs").run().lines());
    }

    @Test
    void what_a_record_says_is_read_and_never_run() throws IOException {
        JobRecord job = place.start("x", "exit 3").ended();
        String evil = "$(touch " + home.work() + "/evil)`touch " + home.work() + "/evil`;touch " + home.work() + "/evil";
        StringBuilder more = new StringBuilder();
        for (String line : Files.readAllLines(job.meta())) {
            more.append(line, 0, line.indexOf('=') + 1).append(line.startsWith("exit=") ? "3" : evil).append('\n');
        }
        Files.writeString(job.meta(), more, java.nio.file.StandardOpenOption.APPEND);
        Files.writeString(home.logs().resolve("jobs/" + job.id() + ".result"), evil);
        Files.writeString(home.logs().resolve("jobs/" + job.id() + ".progress"), "1/2 " + evil + "\n");

        for (String verb : List.of("status", "list", "logs", "result", "stats", "follow", "latest", "stop", "wait", "rerun", "resume")) {
            place.call(verb, "x");
        }
        place.call("diff", job.id(), job.id());
        place.call("prune", "--keep", "0");

        assertTrue(Files.notExists(home.work().resolve("evil")));
    }

    @Test
    void stop_signals_no_group_or_process_that_a_damaged_record_names() throws IOException {
        Process bystander = new ProcessBuilder("setsid", "sleep", "1000").start();
        try {
            for (String key : List.of("pgid", "pid", "child_pid", "sid")) {
                JobRecord job = place.start("x", "exec gate never");
                Proc leader = job.leader();
                String meta = Files.readString(job.meta());
                Files.writeString(job.meta(), meta.replaceAll("(?m)^" + key + "=\\d+$", key + "=" + bystander.pid()));

                place.call("stop", job.id(), "--grace", "0");

                assertTrue(bystander.isAlive(), "the " + key + " named another process");
                Files.writeString(job.meta(), meta);
                place.exits(0, "stop", job.id(), "--grace", "0");
                leader.awaitEnd();
            }
        } finally {
            bystander.destroyForcibly();
        }
    }
}
