package bgjob.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.Batch;
import bgjob.job.BatchItems;
import bgjob.job.JobId;
import bgjob.job.Limits;
import bgjob.job.Queueing;
import bgjob.job.Target;
import bgjob.support.Tool;
import docs.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobScriptTest {
    private static final String ID = "tests_20261121_050607";
    private static final List<String> HOSTILE = List.of("", " ", "a b", "it's", "\"q\"", "\\", "\\n", "$HOME", "$(id)", "`id`", "*", "?", "~",
            "a\nb", "\n", "\t", "é日", "@ID@", "@COMMAND@", "@", "-n", "--", "=ls", "A=b", "%s", "#", "!", "&", ";", "{a,b}");

    @TempDir
    Path dir;

    private static JobScript plain() {
        return new JobScript(ID, "tests", "/repo/.logs", "/bin/sh", "/repo", null, null, List.of(), List.of("make", "-j4"),
                List.of("ts=20261121_050607", "label=tests", "cmd=make -j4"));
    }

    private static JobScript rich() {
        return new JobScript("x_20260101_000000_2", "x", "/it's a repo/.logs", "/opt/my shell", "/it's a repo/sub\ndir", "/it's a repo",
                "/it's a repo/.venv/bin/activate", List.of("A=b c", "EMPTY=", "Q=it's $HOME"), HOSTILE,
                List.of("ts=20260101_000000_2", "cmd=$'a\\nb' 'it'\\''s'", "repo_dir=/it's a repo"));
    }

    private static JobScript remote(Batch batch) {
        return new JobScript(ID, "tests", "/.logs", "/bin/sh", "/", null, null, List.of(), List.of("make"), List.of("ts=1"),
                Limits.NONE, 1, batch, Queueing.NONE, new Target("slurm", List.of("--mem=1G")), null);
    }

    private static JobScript batch() {
        return new JobScript(ID, "tests", "/repo/.logs", "/bin/sh", "/repo", null, null, List.of(), List.of("echo", "{}", "it's {}-{#}", "", "@BATCH@"),
                List.of("label=tests"), Limits.NONE, 1, new Batch(4, BatchItems.of("a\nb\n".getBytes(StandardCharsets.UTF_8), false)), Queueing.NONE, Target.LOCAL, null);
    }

    private static JobScript bounded() {
        return new JobScript(ID, "tests", "/repo/.logs", "/bin/sh", "/repo", null, null, List.of(), List.of("make"), List.of(),
                new Limits(60, 5, 3, 2, 10, List.of(1, 75), "echo it's over", 1 << 20, true), 1);
    }

    private static JobScript queued() {
        JobId target = JobId.parse("x_20260101_000000_2");
        return new JobScript(ID, "tests", "/repo/.logs", "/bin/sh", "/repo", null, null, List.of(), List.of("make"), List.of("label=tests"),
                Limits.NONE, 1, null, new Queueing("disk", 0, 5, List.of(new Queueing.After("x", target, false))), Target.LOCAL, null);
    }

    private static JobScript treed() {
        return new JobScript(ID, "tests", "/repo/.logs", "/bin/sh", "/repo", null, null, List.of(), List.of("make"), List.of("label=tests"),
                Limits.NONE, 1, null, Queueing.NONE, Target.LOCAL,
                new JobScript.Tree("/repo/.logs/jobs/it's", "/repo/.logs/jobs/it's/sub"));
    }

    private JobScript runnable(List<String> command, List<String> environment) {
        return new JobScript(ID, "tests", dir + "/.logs", "/bin/sh", dir.toString(), null, null, environment, command, List.of("label=tests"));
    }

    private static String text(JobScript script) {
        return new String(script.render(), StandardCharsets.UTF_8);
    }

    private Path written(JobScript script) throws IOException {
        return Files.write(dir.resolve("job.sh"), script.render());
    }

    private record Said(int exit, String text) {
    }

    private Said ask(Path cwd, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TMPDIR", dir.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("BGJOB_") && !name.equals("BGJOB_TEST_RUN"));
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static String[] with(String shell, String... arguments) {
        String[] program = shell.split(" ");
        Tool.need(program[0]);
        return Stream.concat(Arrays.stream(program), Arrays.stream(arguments)).toArray(String[]::new);
    }

    @Nested
    class Golden {
        @Test
        void a_plain_job() throws Exception {
            assertGolden("plain.sh", plain());
        }

        @Test
        void a_job_with_all_there_is_and_names_of_every_kind() throws Exception {
            assertGolden("rich.sh", rich());
        }

        private void assertGolden(String name, JobScript script) throws Exception {
            Path golden = Checkout.root().resolve("tests/bgjob/script/golden").resolve(name);
            Path rendered = Files.write(Files.createTempFile("bgjob-golden-", ".sh"), script.render());

            assertEquals(-1, Files.mismatch(golden, rendered), () -> "they differ; compare: diff " + golden + " " + rendered
                    + " and where the change is wanted: cp " + rendered + " " + golden);
            Files.delete(rendered);
        }
    }

    @Nested
    class Slots {
        @Test
        void no_slot_is_left_open() {
            assertFalse(text(plain()).matches("(?s).*@[A-Z]+@.*"));
        }

        @Test
        void what_is_filled_in_is_not_filled_in_again() {
            JobScript script = new JobScript(ID, "tests", "/@ID@", "/bin/sh", "/@LABEL@", "/@CWD@", "/@META@", List.of("A=@ENV@"),
                    List.of("echo", "@COMMAND@", "@ID@"), List.of("cmd=@DIR@"));
            String text = text(script);

            assertTrue(text.contains("\nset -- echo @COMMAND@ @ID@\n"), text);
            assertTrue(text.contains("\nbgjob_dir=/@ID@\n"), text);
            assertTrue(text.contains("\nbgjob_cwd=/@LABEL@\n"), text);
            assertTrue(text.contains("set -- env -- A=@ENV@ \"$@\"\n"), text);
            assertTrue(text.contains("printf '%s\\n' cmd=@DIR@ "), text);
        }

        @Test
        void the_scripts_own_at_signs_stay() {
            String text = text(plain());

            assertTrue(text.contains("bgjob_become \"$@\""), text);
            assertTrue(text.contains("exec { $ARGV[0] } @ARGV"), text);
        }

        @Test
        void the_command_of_a_batch_is_a_function_of_the_number_and_the_item() {
            assertTrue(text(batch()).contains("\nbgjob_count=2 bgjob_slots=2 "), text(batch()));
            assertTrue(text(batch()).contains("\n  bgjob_become echo \"$2\" 'it'\\''s '\"$2\"-\"$1\" '' @BATCH@\n}\n"), text(batch()));
        }

        @Test
        void a_place_of_its_own_is_where_it_runs_and_not_what_its_recipe_says() {
            String text = text(treed());

            assertTrue(text.contains("\nbgjob_cwd='/repo/.logs/jobs/it'\\''s/sub'\n"), text);
            assertTrue(text.contains("\n# recipe: cwd /repo -- make\n"), text);
        }

        @Test
        void what_there_is_none_of_is_empty() {
            String text = text(plain());

            assertTrue(text.contains("\nbgjob_git=''\n"), text);
            assertTrue(text.contains("\nbgjob_venv=''\n"), text);
            assertTrue(text.contains("take it for a variable\n  :\n"), text);
        }
    }

    @Nested
    class Shells {
        @ParameterizedTest
        @ValueSource(strings = {"sh", "dash", "bash", "bash --posix", "busybox sh", "ksh93", "mksh", "zsh", "yash"})
        void every_shell_takes_the_script(String shell) throws Exception {
            for (JobScript script : new JobScript[] {plain(), rich(), bounded(), batch(), queued(), treed(), remote(null), remote(batch().batch())}) {
                Said said = ask(dir, with(shell, "-n", written(script).toString()));

                // ksh93 warns of what it thinks is old-fashioned; only an error counts
                assertEquals(0, said.exit(), said.text());
                assertTrue(said.text().isEmpty() || shell.equals("ksh93") && said.text().contains("warning"), said.text());
            }
        }

        @Test
        void shellcheck_finds_nothing_in_what_has_git_do_something() throws Exception {
            for (String name : new String[] {"snapshot.sh", "worktree.sh"}) {
                Said said = ask(dir, with("shellcheck", Checkout.root().resolve("lib/bgjob/script").resolve(name).toString()));

                assertEquals("", said.text());
            }
        }

        @Test
        void shellcheck_finds_nothing() throws Exception {
            for (JobScript script : new JobScript[] {plain(), bounded(), batch(), queued(), treed(), remote(null), remote(batch().batch())}) {
                String but = script.batch() == null ? "--severity=style" : "--exclude=SC2317,SC2030,SC2031,SC2015"; // its items file calls the functions, in subshells
                Said said = ask(dir, with("shellcheck", "--shell=sh", but, written(script).toString()));

                assertEquals("", said.text());
                assertEquals(0, said.exit());
            }
        }
    }

    @Nested
    class ByHand {
        @ParameterizedTest
        @ValueSource(strings = {"sh", "dash", "bash", "busybox sh", "ksh93", "mksh", "zsh", "yash"})
        void arguments_and_variables_reach_the_command_exactly_and_its_exit_status_comes_back(String shell) throws Exception {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "for w; do printf '<%s>' \"$w\"; done; printf '[%s]' \"$A\"; exit 7", "sh"));
            command.addAll(HOSTILE);
            Said said = ask(Path.of("/"), with(shell, written(runnable(command, List.of("A=it's a\n$B"))).toString()));

            assertEquals("<" + String.join("><", HOSTILE) + ">[it's a\n$B]", said.text());
            assertEquals(7, said.exit());
        }

        @Test
        void it_runs_where_the_job_ran_without_any_input_and_names_no_job() throws Exception {
            List<String> command = List.of("sh", "-c",
                    "pwd; cat; echo ${BGJOB_ID-none} ${BGJOB_LOG-none} $BGJOB_RESULT $PYTHONUNBUFFERED $GH_PAGER $GIT_PAGER");
            Said said = ask(Path.of("/"), "/bin/sh", written(runnable(command, List.of())).toString());

            assertEquals(dir.toRealPath() + "\nnone none /dev/null 1 cat cat\n", said.text());
        }

        @Test
        void it_touches_no_record() throws Exception {
            Path logs = Files.createDirectories(dir.resolve(".logs/jobs")).getParent();
            Files.writeString(logs.resolve(ID + ".log"), "old\n");
            Files.writeString(logs.resolve(ID + ".meta"), "pid=1\n");
            Files.writeString(logs.resolve(ID + ".exit"), "0\n");
            ask(Path.of("/"), "/bin/sh", written(runnable(List.of("echo", "new"), List.of())).toString());

            assertEquals("old\n", Files.readString(logs.resolve(ID + ".log")));
            assertEquals("pid=1\n", Files.readString(logs.resolve(ID + ".meta")));
            assertEquals("0\n", Files.readString(logs.resolve(ID + ".exit")));
            try (Stream<Path> files = Files.walk(logs)) {
                assertEquals(5, files.count());
            }
        }

        @Test
        void a_program_that_is_not_there_gives_127_and_a_folder_that_is_gone_126() throws Exception {
            assertEquals(127, ask(Path.of("/"), "/bin/sh", written(runnable(List.of("nonexistent-program"), List.of())).toString()).exit());
            JobScript gone = new JobScript(ID, "tests", dir + "/.logs", "/bin/sh", dir + "/gone", null, null, List.of(), List.of("true"), List.of());

            assertEquals(126, ask(Path.of("/"), "/bin/sh", written(gone).toString()).exit());
        }

        @Test
        void a_word_with_an_equals_sign_is_a_program_too() throws Exception {
            Path odd = Files.writeString(dir.resolve("a=b"), "#!/bin/sh\necho \"ran $*\"\n");
            assertTrue(odd.toFile().setExecutable(true));

            assertEquals("ran x y\n", ask(Path.of("/"), "/bin/sh", written(runnable(List.of(odd.toString(), "x", "y"), List.of())).toString()).text());
        }

        @Test
        void any_other_way_of_calling_it_is_refused() throws Exception {
            Said said = ask(dir, "/bin/sh", written(plain()).toString(), "nonsense");

            assertEquals(125, said.exit());
            assertTrue(said.text().startsWith("usage: sh "), said.text());
        }
    }
}
