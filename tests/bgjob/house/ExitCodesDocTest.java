package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.ExitCode;
import bgjob.job.JobState;
import docs.Checkout;
import docs.Markdown;
import docs.SmallProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/exit-codes.md against the program: its list of codes and states, and what it really answers. */
class ExitCodesDocTest {

    private static final Markdown PAGE = new Markdown(Checkout.text("docs/exit-codes.md"));

    @Test
    void the_table_is_the_programs_list() {
        List<String> known = new ArrayList<>();
        for (ExitCode code : ExitCode.values()) {
            known.add(code.number() + " `" + code.name() + "` " + code.meaning());
        }
        assertEquals(known, PAGE.rows("Exit codes").stream().map(row -> String.join(" ", row.cells())).toList());
    }

    @Test
    void every_state_is_named() {
        String text = Checkout.text("docs/exit-codes.md");
        for (JobState state : JobState.values()) {
            assertTrue(text.contains("`" + state.word() + "`"), state.word());
        }
        for (Markdown.Row row : PAGE.rows("States")) {
            assertTrue(JobState.of(Markdown.plain(row.cells().get(0))) != null, row.toString());
        }
    }

    @Test
    void the_program_answers_as_documented() throws Exception {
        SmallProject project = new SmallProject();
        try {
            assertEquals(0, project.program().bgjob("list").exit());
            assertEquals(1, project.program().bgjob("status", "unknown").exit());
            assertEquals(2, project.program().bgjob("status", "--no-such-option").exit());
            project.program().bgjob("run", "sleeper", "--", "sleep", "60").out(0);
            assertEquals(124, project.program().bgjob("wait", "sleeper", "--timeout", "10ms").exit());
            assertEquals(0, project.program().bgjob("stop", "sleeper").exit());
            assertEquals(143, project.program().bgjob("wait", "sleeper").exit());

            assertEquals(75, waitFor(project, "later", "exit 75"));
            assertTrue(project.program().bgjob("status", "later").out(0).contains("\nState:     paused (exit 75)\n"));
            assertEquals(127, waitFor(project, "nowhere", "no-such-command"));
            assertEquals(126, waitFor(project, "unrunnable", "./tests/test_broken"));
            assertEquals(137, waitFor(project, "killed", "kill -9 $$"));

            Files.delete(Path.of(project.program().bgjob("latest", "killed", "--file", "exit").out(0).strip()));
            Files.writeString(Path.of(project.program().bgjob("latest", "killed", "--file", "meta").out(0).strip()), "garbage\n");
            assertTrue(project.program().bgjob("status", "killed").out(0).startsWith("CANNOT TELL "));
            assertEquals(125, project.program().bgjob("wait", "killed").exit());
        } finally {
            project.close();
        }
    }

    private static int waitFor(SmallProject project, String label, String text) throws Exception {
        return project.program().bgjob("run", label, "--wait", "--sh", text).exit();
    }
}
