package bgjob.backend.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SbatchOptionsTest {
    private static final String ID = "x_20261121_050607";

    private static List<String> words(String facts, Map<String, String> environment) {
        return SbatchOptions.of(ID, "/a b/100%\\", Facts.of(facts.getBytes(StandardCharsets.UTF_8)), environment);
    }

    @Test
    void a_plain_job_gets_its_name_its_directory_and_no_second_run() {
        assertEquals(List.of("--parsable", "--job-name=" + ID, "--chdir=/a b/100%\\", "--output=/a b/100%%\\\\/jobs/" + ID + ".slurm", "--open-mode=append",
                "--no-requeue"), words("", Map.of("PATH", "/bin", "SLURM_JOB_ID", "7", "BGJOB_SLURM_SETTLE", "1", "BGJOB_DIR", "/x")));
    }

    @ParameterizedTest
    @CsvSource({"timeout=1|grace=0, 3", "timeout=60|grace=10, 4", "timeout=3600|grace=10, 63", "timeout=60|grace=0|retry=2|retry_delay=10, 6"})
    void slurms_time_covers_all_that_the_job_allows_itself(String facts, int minutes) {
        List<String> words = words(facts.replace('|', '\n') + "\n", Map.of());
        assertTrue(words.containsAll(List.of("--time=" + minutes, "--signal=B:XCPU@60")), words.toString());
    }

    @Test
    void a_job_that_may_be_tried_again_may_be_put_back() {
        List<String> words = words("retry=1\nnice=3\n", Map.of());
        assertTrue(words.contains("--requeue") && words.contains("--nice=3") && !words.contains("--no-requeue"), words.toString());
    }

    @Test
    void the_environment_comes_before_what_the_user_said() {
        List<String> words = words("option=--partition=big\noption=--exclusive\n",
                Map.of("BGJOB_SLURM_PARTITION", "small", "BGJOB_SLURM_MEM_PER_CPU", "1G", "BGJOB_SLURM_OVERSUBSCRIBE", ""));
        assertEquals(List.of("--mem-per-cpu=1G", "--oversubscribe", "--partition=small", "--partition=big", "--exclusive"), words.subList(6, words.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output=/x", "-o", "-o/x", "--error=x", "-e", "-D", "--chdir=/", "--job-name=a", "-Ja", "--array=1-2", "-a", "--parsable",
        "--wait", "-W", "--wrap=true", "--open-mode=truncate", "-i", "--arr=1-2", "--out", "--clusters=b", "-Mb", "--cluster=b", "--test-only", "--help", "-V"})
    void what_bgjob_needs_itself_is_refused(String option) {
        String said = assertThrows(BgjobException.class, () -> words("option=" + option + "\n", Map.of())).getMessage();
        assertTrue(said.contains("'" + option + "' cannot be given"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "-n2|true", "--mem=1G|x", "-p|main|x", "-", "--exclusive|-"})
    void a_word_that_sbatch_would_take_for_the_script_is_refused(String words) {
        String said = assertThrows(BgjobException.class, () -> words("option=" + words.replace("|", "\noption=") + "\n", Map.of())).getMessage();
        assertTrue(said.startsWith("'" + words.substring(words.lastIndexOf('|') + 1) + "' among the options of sbatch is none"), said);
    }

    @Test
    void values_and_other_options_are_passed_on() {
        assertFalse(words("option=-p\noption=main\noption=-n2\noption=--dependency=singleton\noption=--mem\noption=1G\noption=--nice\noption=-5\noption=--wait-all-nodes=1\noption=--export=A\n", Map.of()).isEmpty());
    }
}
