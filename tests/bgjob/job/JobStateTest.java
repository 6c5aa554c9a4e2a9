package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobStateTest {
    @Test
    void the_words_are_those_of_the_contract() {
        List<String> words = new ArrayList<>();
        for (JobState state : JobState.values()) {
            words.add(state.word());
        }
        assertEquals(List.of("queued", "running", "paused", "completed", "failed", "stopped", "timed-out", "lost"), words);
    }

    @Test
    void a_word_names_its_state_and_no_other_word_does() {
        for (JobState state : JobState.values()) {
            assertEquals(state, JobState.of(state.word()));
        }
        assertNull(JobState.of("RUNNING"));
        assertNull(JobState.of("timed_out"));
        assertNull(JobState.of(""));
    }
}
