package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bgjob.support.CliRun;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two versions of the program on one {@code .logs}: this one, and one built from the repository's history. */
class OlderVersionTest {
    /** The last commit before there was an index of ids, bounds, or any verb but the first eight. */
    private static final String OLDER = "8edfdf6";

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private Path older;

    private void build() throws IOException {
        older = Files.createDirectory(home.root().resolve("older"));
        int there = home.sh("git -C \"$0\" archive " + OLDER + " >\"$1\"", JobHome.CHECKOUT.toString(), older + "/tree.tar").exitsAnyhow().run().code();
        assumeTrue(there == 0, "this checkout has no history that reaches " + OLDER);
        home.command(Tool.need("tar"), "-x", "-C", older.toString(), "-f", older + "/tree.tar").run();
        home.environment().put("JBANG_DIR", System.getenv().getOrDefault("JBANG_DIR", System.getProperty("user.home") + "/.jbang"));
        home.command(older + "/bgjob", "--version").env("HOME", System.getProperty("user.home")).noisy().run();
    }

    private CliRun old(String... arguments) {
        List<String> words = new ArrayList<>(List.of(older + "/bgjob"));
        words.addAll(Arrays.asList(arguments));
        return home.command(words.toArray(new String[0]));
    }

    private void agree(String label, String state, int code) {
        for (String said : List.of(old("status", label, "--json").run().out(), home.ok("status", label, "--json"))) {
            var status = JsonParser.parseString(said).getAsJsonObject();
            assertEquals(state, status.get("state").getAsString(), said);
            assertEquals(code, status.get("exit_code").isJsonNull() ? -1 : status.get("exit_code").getAsInt(), said);
        }
    }

    @Test
    @Fault(value = "two versions", promise = "an older bgjob and this one, by turns on one `.logs`, agree on jobs of either, running, ended, killed and stopped")
    void an_older_bgjob_and_this_one_agree_on_each_other_s_jobs() throws IOException {
        build();
        JobRecord theirs = home.started(old("run", "theirs", "--", "gate", "end").run().out());
        JobRecord ours = home.start("ours", "gate", "end");
        agree("theirs", "running", -1);
        agree("ours", "running", -1);

        home.open("end");
        theirs.ended();
        ours.ended();
        agree("theirs", "completed", 0);
        agree("ours", "completed", 0);

        JobRecord killed = home.start("killed", "gate", "never");
        killed.leader().signal("KILL");
        killed.leader().awaitEnd();
        agree("killed", "lost", -1);

        JobRecord stoppedByThem = home.start("tests", "gate", "never");
        old("stop", "tests").run();
        agree("tests", "stopped", 143);
        JobRecord stoppedByUs = home.started(old("run", "tests", "--", "gate", "never").run().out());
        agree("tests", "running", -1);
        home.ok("stop", "tests");
        agree("tests", "stopped", 143);

        List<String> ids = home.bgjob("list", "--all", "--quiet").run().lines();
        assertEquals(ids, old("list", "--all", "--quiet").run().lines());
        assertTrue(ids.containsAll(List.of(theirs.id(), ours.id(), killed.id(), stoppedByThem.id(), stoppedByUs.id())), ids.toString());
    }
}
