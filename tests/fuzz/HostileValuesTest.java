package fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is recorded does nothing to a terminal, and tells no secret. */
class HostileValuesTest {
    private static final String HOSTILE = "\u001b[31m\u009b2J\u202e\u0007x";
    /** Letters that look like no secret, so that what masks them must have seen the name, the scheme or the prefix. */
    private static final List<String> SECRETS = List.of("ghp_Abcdefghij0123456789Abcdefghij012345", "hunter2hunter2", "Zm9vYmFyQmF6UXV4", "swordfish99", "opensesame77");

    @RegisterExtension
    final Place place = new Place(JobHome.withGit());

    private final JobHome home = place.home;

    @Test
    void a_terminal_escape_in_any_fact_of_a_record_is_shown_escaped() throws IOException {
        place.exits(137, "run", "x", "--wait", "--retry", "1", "--retry-delay", "0", "--sh", "kill -9 $$");
        JobRecord job = home.started(place.exits(0, "status", "x").text());
        JobRecord stopped = place.start("x", "exec gate never");
        place.exits(0, "stop", "x");
        for (JobRecord record : List.of(job, stopped)) {
            byte[] meta = Files.readAllBytes(record.meta());
            for (String key : Files.readAllLines(record.meta()).stream().map(line -> line.substring(0, line.indexOf('='))).distinct().toList()) {
                for (boolean first : new boolean[] {true, false}) {
                    String line = key + "=" + HOSTILE + "\n";
                    Files.write(record.meta(), first ? line.getBytes() : meta);
                    Files.write(record.meta(), first ? meta : line.getBytes(), StandardOpenOption.APPEND);
                    for (String verb : List.of("status", "result", "list", "stats", "stop")) {
                        place.call(verb, verb.equals("list") || verb.equals("stats") ? "x" : record.id());
                    }
                    place.call("wait", record.id(), "--timeout", "1ms");
                    place.call("diff", job.id(), stopped.id());
                }
            }
            Files.write(record.meta(), meta);
        }
    }

    @Test
    void a_terminal_escape_in_a_command_a_reason_a_branch_or_a_result_is_shown_escaped() {
        home.sh("git checkout -q -b \"$0\"", "b\u009b31m\u202e").run();
        place.exits(75, "run", "x", "--wait", "--env", "V=" + HOSTILE, "--on-exit", "# " + HOSTILE, "--sh",
                "printf '%s\\n' '" + HOSTILE + "' | tee $BGJOB_RESULT; printf '1/2 %s\\n' '" + HOSTILE + "' >$BGJOB_PROGRESS; exit 75", "--", HOSTILE);
        JobRecord job = home.started(place.exits(0, "status", "x").text());
        place.start("x", "exec gate '" + HOSTILE + "'");
        for (String verb : List.of("status", "list", "stats", "result")) {
            place.call(verb, "x");
            place.call(verb, "x", "--json");
        }
        place.exits(0, "stop", "x", "--reason", HOSTILE);
        for (String verb : List.of("status", "list", "result")) {
            place.call(verb, "x");
        }
        place.exits(0, "result", job.id());
        place.exits(0, "diff", job.id(), "x");
        place.exits(0, "prune", "x", "--keep", "0", "--state", "paused,stopped");
    }

    @Test
    void a_secret_is_in_the_private_script_alone() throws IOException {
        String[] command = {"run", "x", "--wait", "--env", "API_TOKEN=" + SECRETS.get(1), "--on-exit", "true # Bearer " + SECRETS.get(2), "--", "true", SECRETS.get(0),
            "--password", SECRETS.get(1), "--secret=" + SECRETS.get(3), "https://me:" + SECRETS.get(4) + "@example.org/x.git"};
        place.exits(0, command);
        JobRecord job = home.started(place.exits(0, "status", "x").text());
        assertTrue(SECRETS.stream().allMatch(secret -> text(job).contains(secret)), "the script needs them");
        place.exits(0, "rerun", "x");
        place.call("wait", "x");
        place.start("x", "exec gate --password " + SECRETS.get(3));
        place.exits(0, "stop", "x", "--reason", "the token=" + SECRETS.get(1));
        for (String verb : List.of("status", "list", "result", "stats", "stop", "wait")) {
            tellsNone(place.call(verb, "x"));
            tellsNone(place.call(verb, "x", "--json"));
        }
        tellsNone(place.call("list", "--all", "--json"));
        tellsNone(place.call("diff", job.id(), "x"));
        tellsNone(place.call("diff", job.id(), "x", "--json"));
        tellsNone(place.call("prune", "x", "--keep", "0", "--dry-run", "--json"));
        for (String name : home.files()) {
            if (!name.endsWith(".sh")) {
                String text = Files.readString(home.logs().resolve(name));
                SECRETS.forEach(secret -> assertFalse(text.contains(secret), name + ": " + text));
            }
        }
    }

    private static String text(JobRecord job) {
        try {
            return Files.readString(job.script());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void tellsNone(Caller.Outcome outcome) {
        for (String secret : SECRETS) {
            assertFalse((outcome.text() + outcome.complaint()).contains(secret), () -> secret + World.said(outcome));
        }
    }
}
