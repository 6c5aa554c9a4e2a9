package bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.support.JobHome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The old jobs that the benchmark makes are jobs like any other. */
class RecordsTest {
    @RegisterExtension
    private final JobHome home = JobHome.plain();

    @Test
    void bgjob_takes_the_records_for_ended_jobs() throws Exception {
        home.start(Records.MODEL, "true").ended();
        new Records(home.logs()).write(30, 3);

        List<String> ids = home.ok("list", "--all", "--quiet", "--state", "completed").lines().toList();
        assertEquals(31, ids.size(), ids.toString());
        assertEquals("label-0", ids.get(1).substring(0, ids.get(1).indexOf('_')));
        assertEquals("label-2", ids.get(30).substring(0, ids.get(30).indexOf('_')));
        assertEquals(0, home.status("label-1").get("exit_code").getAsInt());
        assertEquals(ids.get(11), home.status("label-1").get("id").getAsString());
    }
}
