package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.job.JobFiles;
import bgjob.job.JobId;
import org.junit.jupiter.api.Test;

class LogsDirTest {
    @Test
    void the_files_have_the_names_of_the_contract() {
        LogsDir dir = new LogsDir("/r/.logs");
        JobId id = JobId.parse("tests_20261121_050607_2");

        assertEquals(new JobFiles("/r/.logs/tests_20261121_050607_2.log", "/r/.logs/tests_20261121_050607_2.meta",
                "/r/.logs/tests_20261121_050607_2.exit", "/r/.logs/tests_20261121_050607_2.pid",
                "/r/.logs/jobs/tests_20261121_050607_2.sh"), dir.files(id));
        assertEquals("/r/.logs/jobs/tests_20261121_050607_2.checkpoint", dir.checkpoint(id));
        assertEquals("/r/.logs/.gitignore", dir.gitignore());
        assertEquals(".logs", LogsDir.NAME);
    }
}
