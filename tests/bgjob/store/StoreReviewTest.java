package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReviewTest {
    @TempDir
    Path logs;

    private StoreReview review() {
        return StoreReview.of(logs.toString());
    }

    @BeforeEach
    void make() throws IOException {
        file("ended_20260101_000000.meta", "");
        file("ended_20260101_000000.exit", "137\n");
        file("ended_20260101_000000.log", "12345");
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(logs.resolve(name), content);
    }

    @Test
    void jobs_without_an_ending_or_with_an_odd_one_are_doubtful() throws IOException {
        file("a_20260101_000000.meta", "");
        file("b_20260102_000000.exit", "");
        file("c_20260103_000000.exit", "12345\n");
        file("d_20260104_000000.exit", "0\n");
        file("no id.meta", "");

        assertEquals(List.of("c_20260103_000000", "b_20260102_000000", "a_20260101_000000"), review().doubtful().stream().map(JobId::toString).toList());
    }

    @Test
    void logs_are_added_up() throws IOException {
        file("b_20260102_000000.log", "123");
        file("notes.log", "123456789");

        assertEquals(new StoreReview.Logs(8, JobId.parse("ended_20260101_000000"), 5), review().logs());
    }

    @Test
    void nothing_there_is_nothing_wrong() {
        StoreReview none = StoreReview.of(logs + "/none");
        assertEquals(List.of(), none.doubtful());
        assertEquals(List.of(), none.temporaries());
        assertNull(none.logs().biggest());
        assertEquals(StoreReview.Index.UNNEEDED, none.index());
    }

    @Test
    void a_probe_writes_and_leaves_nothing() {
        assertTrue(StoreReview.probe(logs.toString()));
        assertEquals(3, logs.toFile().list().length);
        String said = assertThrows(BgjobException.class, () -> StoreReview.probe("/proc/self")).getMessage();
        assertTrue(said.startsWith("cannot write in /proc/self: "), said);
    }
}
