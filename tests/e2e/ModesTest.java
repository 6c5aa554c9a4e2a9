package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that bgjob ever makes below {@code .logs}, and who may read it. */
class ModesTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private String under(String umask, String words) {
        return home.sh("umask " + umask + "; " + words).run().out();
    }

    @ParameterizedTest
    @Fault(value = "files of others", promise = "whatever is used, nothing below `.logs` is open to others, whatever the umask")
    @ValueSource(strings = {"000", "022", "077"})
    void nothing_is_open_to_others(String umask) throws IOException {
        home.write("note.txt", "not committed\n");
        JobRecord full = home.started(under(umask, "bgjob run full --snapshot --timeout 60 --retry 1 --max-log 1M --notify --queue q --on-exit true --sh "
                + "'echo 1/2 >$BGJOB_PROGRESS; echo done >$BGJOB_RESULT; echo 1 >$BGJOB_CHECKPOINT/at; gate full'"));
        under(umask, "bgjob run next --queue q --after full -- true; printf 'a\\nb\\n' | bgjob batch items -- sh -c 'echo 1; echo done >$BGJOB_RESULT; gate $0' {}");
        under(umask, "bgjob run seen --snapshot --wait -- true; bgjob rerun seen --at-commit; bgjob wait seen");
        Await.until("the items run", () -> Files.exists(home.logs().resolve("jobs/" + new JobRecord(home.logs(), latest("items")).id() + ".batch/2.log")));
        List<String> open = open();
        for (String gate : new String[] {"full", "a", "b"}) {
            home.open(gate);
        }
        full.ended();
        home.ok("wait", "next", "items");
        for (int i = 0; i < 400; i++) { // from here on there is an index
            Files.createFile(home.logs().resolve("other_20260101_000000_" + (i + 2) + ".log"));
        }
        under(umask, "bgjob list >/dev/null; bgjob status full >/dev/null");
        assertTrue(Files.exists(home.logs().resolve("index/stamp")), "an index was made");
        open.addAll(open());
        open.removeIf(name -> name.contains("/other_"));

        assertEquals(List.of(), open);
    }

    private String latest(String label) {
        return home.status(label).get("id").getAsString();
    }

    /** @return what is there and is not its owner's alone; what a job makes by itself has the mode that it wants, behind closed folders */
    private List<String> open() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home.logs())) {
            for (Path file : files.filter(path -> !path.toString().matches(".*(\\.(checkpoint|worktree)/.*|\\.(progress|result))")).toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
                if (!mode.endsWith("------")) {
                    open.add(file + " " + mode);
                }
            }
        }
        return open;
    }
}
