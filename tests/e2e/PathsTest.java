package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Fault;
import bgjob.support.HostileNames;
import bgjob.support.JobHome;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A job may run in, and be recorded in, a directory of any name. */
class PathsTest {
    private static final int AT_ONCE = 6;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** Several names in one path, since one at a time would take long. */
    static List<String> paths() {
        List<String> paths = new ArrayList<>(List.of("é 日本語 🚀"));
        List<String> names = HostileNames.directories();
        for (int i = 0; i < names.size(); i += AT_ONCE) {
            paths.add(String.join("/", names.subList(i, Math.min(i + AT_ONCE, names.size()))));
        }
        return paths;
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_repository_s_path_may_hold_anything(String path) {
        String folder = home.work() + "/" + path;
        home.sh("mkdir -p -- \"$0\" && cd -- \"$0\" && git init -q .", folder).in(home.work()).run();

        home.bgjob("run", "tests", "--wait", "--", "sh", "-c", "printf '%s|' \"$PWD\" \"$BGJOB_DIR\" \"$BGJOB_LOG\"; exit 3")
                .in(folder).exits(3).run();

        JsonObject status = JsonParser.parseString(home.bgjob("status", "tests", "--json").in(folder).run().out())
                .getAsJsonObject();
        String logs = folder + "/.logs";
        String id = status.get("id").getAsString();
        assertEquals(folder, status.get("cwd").getAsString());
        assertEquals(logs + "/" + id + ".log", status.getAsJsonObject("files").get("log").getAsString());
        assertEquals(folder + "|" + logs + "|" + logs + "/" + id + ".log|", home.bgjob("logs", "tests").in(folder).run().out());
        String shown = home.bgjob("status", "tests").in(folder).run().out();
        assertTrue(shown.startsWith("NOT RUNNING label=tests pid=") && shown.lines().skip(1).findFirst().get()
                .startsWith("EXITCODE 3 (file: "), shown);
        assertTrue(shown.chars().noneMatch(c -> c < ' ' && c != '\n'), "control characters do nothing to the terminal");
    }

    @ParameterizedTest
    @Fault(value = "names", promise = "a directory's name may hold anything")
    @MethodSource("paths")
    void a_job_in_any_directory_can_be_stopped_and_repeated_by_hand(String path) {
        String folder = home.work() + "/" + path;
        home.sh("mkdir -p -- \"$0\"", folder).in(home.work()).run();

        String stopped = home.sh("bgjob run tests -- gate never >/dev/null && bgjob stop tests").in(folder).run().out();
        assertTrue(stopped.contains("stopped (exit 143, signal TERM)") && stopped.contains("nothing of it is left"), stopped);
        String again = home.sh("bgjob run pwd --wait -- pwd >/dev/null && bgjob logs pwd && cd / &&"
                + " sh \"$0\"/.logs/jobs/pwd_*.sh", folder).in(folder).run().out();
        assertEquals(folder + "\n" + folder + "\n", again);
    }

    @Test
    void in_the_C_locale_a_name_in_UTF_8_stays_what_it_is() {
        String folder = home.work() + "/é 日本語";
        home.sh("mkdir -p -- \"$0\"", folder).run();
        home.environment().put("LC_ALL", "C");

        home.bgjob("run", "tests", "--wait", "--", "pwd").in(folder).run();

        assertEquals(folder + "\n", home.bgjob("logs", "tests").in(folder).run().out());
        assertEquals(folder + "/.logs", home.sh("ls -d \"$0\"/.logs", folder).run().out().strip());
    }
}
