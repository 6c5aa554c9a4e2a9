package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.Pty;
import bgjob.support.Proc;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The runbook that bgjob takes over: its section "Verifikation" and its examples, word for word, in a real shell. */
class RunbookTest {
    private static final String RUN = "bgjob run docs_refs_full -- ./scripts/ops/verify_docs_reference_targets.sh";
    private static final String CAT_EXIT = "cat \"$(ls -t .logs/docs_refs_full_*.exit | head -1)\"";

    @RegisterExtension
    final JobHome home = JobHome.withGit();

    /** Scans the links of all Markdown files, and ends with 1 when a target is missing, as the runbook's script did. */
    @BeforeEach
    void the_script_that_scans_the_docs() {
        JobHome.write(home.work().resolve("scripts/ops/verify_docs_reference_targets.sh"), """
                #!/bin/sh
                [ ! -e hold ] || gate scan
                files=$(find docs -name '*.md' | sort)
                missing=0 references=0
                for file in $files; do
                  for target in $(sed -n 's/.*](\\([^)]*\\)).*/\\1/p' "$file"); do
                    references=$((references + 1))
                    [ -e "$(dirname "$file")/$target" ] || { echo "missing: $file -> $target"; missing=$((missing + 1)); }
                  done
                done
                echo "Docs Reference Targets: scanned $(echo "$files" | wc -l) md file(s), $references reference(s), $missing missing"
                [ $missing = 0 ]
                """, true);
        for (int i = 1; i <= 40; i++) {
            home.write("docs/page" + i + ".md", "# Page " + i + "\n\nSee [the next](page" + (i % 40 + 1) + ".md).\n");
        }
    }

    private String sh(String line) {
        return home.command("bash", "-c", line).run().out();
    }

    @Test
    void verification_with_all_targets_there() {
        home.write("hold", "");
        assertTrue(sh(RUN).contains("bgjob follow docs_refs_full"));
        String running = sh("bgjob status docs_refs_full");
        assertTrue(running.matches("(?s)RUNNING label=docs_refs_full pid=\\d+\nEXITCODE <unknown yet>.*"), running);
        var following = home.command("bash", "-c", "bgjob follow docs_refs_full").noisy().start();
        home.open("scan");

        assertEquals("Docs Reference Targets: scanned 40 md file(s), 40 reference(s), 0 missing\n", following.await().out());
        String ended = sh("bgjob status docs_refs_full");
        assertTrue(ended.matches("(?s)NOT RUNNING label=docs_refs_full pid=\\d+\nEXITCODE 0 \\(file: .*\\.exit\\)\n.*"), ended);
        assertEquals("0\n", sh(CAT_EXIT));
        String meta = "\n" + sh("cat \"$(ls -t .logs/docs_refs_full_*.meta | head -1)\"");
        for (String key : List.of("ts", "label", "repo_dir", "shell", "venv_activate", "cmd", "git_sha", "git_branch", "pgid")) {
            assertTrue(meta.contains("\n" + key + "="), key + " in " + meta);
        }
    }

    @Test
    void verification_with_a_missing_target() {
        home.write("docs/page7.md", "[gone](no-such-page.md)\n");
        sh(RUN);
        home.command("bash", "-c", "bgjob wait docs_refs_full").exits(1).run();

        assertEquals("1\n", sh(CAT_EXIT));
        assertTrue(sh("bgjob status docs_refs_full").contains("\nEXITCODE 1 (file: "));
        String log = sh("cat \"$(bgjob latest docs_refs_full)\"");
        assertEquals("missing: docs/page7.md -> no-such-page.md\n"
                + "Docs Reference Targets: scanned 40 md file(s), 40 reference(s), 1 missing\n", log);
        assertEquals(log, sh("tail -50 \"$(bgjob latest docs_refs_full)\""));
    }

    @Test
    void Ctrl_C_ends_the_display_only() {
        home.write("hold", "");
        sh("bgjob run docs_refs_full -- sh -c 'echo scanning; exec ./scripts/ops/verify_docs_reference_targets.sh'");
        Pty terminal = Pty.open(home, "bgjob follow docs_refs_full");
        terminal.shows("scanning");
        terminal.type(Pty.CTRL_C);
        terminal.await();

        assertTrue(sh("bgjob status docs_refs_full").startsWith("RUNNING "));
        home.open("scan");
        sh("bgjob wait docs_refs_full");
        assertEquals("0\n", sh(CAT_EXIT));
    }

    @Test
    void example_B_finds_the_failures_in_the_log() {
        home.program("pytest", "echo \"$@\"; echo 'tests/test_a.py::one PASSED'; echo 'tests/test_b.py::two FAILED'; "
                + "echo '=== 1 failed, 1 passed in 0.10s ==='; exit 1");
        sh("bgjob run pytest_full -- pytest tests/ -v");
        home.command("bash", "-c", "bgjob wait pytest_full").exits(1).run();

        assertEquals("tests/test_b.py::two FAILED\n", sh("grep \"FAILED\" \"$(bgjob latest pytest_full)\""));
        assertEquals("=== 1 failed, 1 passed in 0.10s ===\n",
                sh("tail -50 \"$(bgjob latest pytest_full)\" | grep -A 20 \"===\""));
        assertEquals("tests/ -v\n", sh("head -1 \"$(bgjob latest pytest_full)\""));
    }

    @Test
    void example_C_watches_until_it_is_stopped() {
        home.program("gh", "echo \"$GH_PAGER $*\"; echo 'All checks were successful'; gate never");
        sh("bgjob run pr_watch_485 -- gh pr checks 485 --watch");
        Await.until("the checks are green", () -> sh("bgjob logs pr_watch_485").contains("successful"));
        Proc leader = new Proc(Long.parseLong(sh("cat .logs/pr_watch_485_*.pid").strip()));

        sh("bgjob stop pr_watch_485");

        assertFalse(leader.alive());
        assertTrue(sh("tail -50 \"$(bgjob latest pr_watch_485)\"")
                .startsWith("cat pr checks 485 --watch\nAll checks were successful\n"));
        assertEquals("143\n", sh("cat .logs/pr_watch_485_*.exit"));
    }

    @Test
    void example_D_follows_a_python_program_without_buffering() {
        home.program("python", "echo \"$PYTHONUNBUFFERED $*\"; gate end; echo done");
        sh("bgjob run backtest_ma -- python scripts/run_backtest.py --strategy ma_crossover --days 365");
        var following = home.command("bash", "-c", "bgjob follow backtest_ma").noisy().start();
        following.says("1 scripts/run_backtest.py --strategy ma_crossover --days 365\n");
        home.open("end");

        assertTrue(following.await().out().endsWith("\ndone\n"));
    }

    @Test
    void example_E_runs_jobs_side_by_side_and_asks_after_each() {
        home.write("hold", "");
        home.program("pytest", "echo \"$@\"; gate \"$(basename \"$1\")\"; [ \"$1\" = tests/unit/ ]");
        sh("""
                bgjob run tests_unit -- pytest tests/unit/ -v
                bgjob run tests_integration -- pytest tests/integration/ -v
                bgjob run docs_check -- ./scripts/ops/verify_docs_reference_targets.sh
                """);
        String loop = """
                for label in tests_unit tests_integration docs_check not_there; do
                  echo "=== $label ==="
                  bgjob status "$label" 2>/dev/null || echo "Not started"
                  echo
                done
                """;
        String before = sh(loop);
        for (String label : List.of("tests_unit", "tests_integration", "docs_check")) {
            assertTrue(before.contains("=== " + label + " ===\nRUNNING label=" + label + " pid="), before);
        }
        assertTrue(before.endsWith("=== not_there ===\nNot started\n\n"), before);
        home.open("unit");
        home.open("integration");
        home.open("scan");
        home.command("bash", "-c", "bgjob wait tests_unit docs_check && bgjob wait tests_integration").exits(1).run();

        String after = sh(loop);
        assertTrue(after.matches("(?s)=== tests_unit ===\nNOT RUNNING label=tests_unit pid=\\d+\nEXITCODE 0 .*"
                + "=== tests_integration ===\nNOT RUNNING label=tests_integration pid=\\d+\nEXITCODE 1 .*"
                + "=== docs_check ===\nNOT RUNNING label=docs_check pid=\\d+\nEXITCODE 0 .*"), after);
    }

    @Test
    void troubleshooting_by_hand_ends_the_job_and_the_record_does_not_lie() {
        sh("bgjob run deaf -- sh -c \"trap '' TERM; gate never\"");
        Proc leader = new Proc(Long.parseLong(sh("cat .logs/deaf_*.pid | tail -1").strip()));

        sh("PGID=$(grep \"^pgid=\" \"$(ls -t .logs/deaf_*.meta | head -1)\" | cut -d= -f2)\nkill -9 -\"$PGID\"");

        leader.awaitEnd();
        String status = sh("bgjob status deaf");
        assertTrue(status.matches("(?s)NOT RUNNING label=deaf pid=\\d+\nEXITCODE <unknown yet> .*State: +lost\n.*"), status);
        assertEquals("", sh("find .logs -name '*.log' -mtime +7 -delete; find .logs/jobs -name '*.sh' -mtime +7 -delete"));
    }
}
