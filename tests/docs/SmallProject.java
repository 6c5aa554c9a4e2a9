package docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A repository of the kind that README's examples speak of, in a folder of its own with a home of its own. The programs that the
 * examples call stand in for the real ones and do a little of what those do.
 */
public final class SmallProject {

    private final Path base;

    public SmallProject() throws IOException, InterruptedException {
        base = Files.createTempDirectory("bgjob-docs").toRealPath();
        link("project/bgjob", Checkout.root().resolve("bgjob"));
        link("home/.local/bin/bgjob", Checkout.root().resolve("bgjob"));
        script("bin/pytest", """
                echo '===== test session starts ====='
                failed=
                for test in $(find "$1" -name 'test_*' | sort); do
                  if sh "$test"; then echo "$test PASSED"; else echo "$test FAILED"; failed="$failed $test"; fi
                done
                echo '===== short test summary ====='
                [ -z "$failed" ] || { echo "FAILED$failed"; exit 1; }
                """);
        script("bin/gh", """
                [ "$*" = 'pr checks 485 --watch' ] || exit 2
                while :; do echo 'unit-tests  pending'; sleep 1; done
                """);
        script("project/venv/bin/python", "exec sh \"$@\"");
        script("project/scripts/ops/verify_docs_reference_targets.sh", """
                status=0
                for target in $(sed -n 's/.*](\\([^)]*\\)).*/\\1/p' docs/*.md); do
                  [ -e "docs/$target" ] || { echo "missing: $target"; status=1; }
                done
                echo "scanned $(ls docs/*.md | wc -l) files"
                exit $status
                """);
        file("project/venv/bin/activate", "PATH=$PWD/venv/bin:$PATH; export PATH\n");
        file("project/scripts/run_backtest.py", "echo \"backtest of $2 over $4 days\"\n");
        file("project/docs/a.md", "[b](b.md)\n");
        file("project/docs/b.md", "[a](a.md)\n");
        file("project/tests/unit/test_add", "[ $((1 + 1)) = 2 ]\n");
        file("project/tests/integration/test_sleep", "sleep 0.2\n");
        file("project/tests/test_broken", "false\n");
        file("project/.gitignore", ".logs/\n");
        Program program = program();
        program.run("git", "init", "-q", "-b", "main").out(0);
        program.run("git", "add", ".").out(0);
        program.run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "Begin").out(0);
    }

    /** @return runs programs in the project, as a user whose PATH has bgjob and the stand-ins */
    public Program program() {
        return new Program(root(), Map.of(
                "HOME", base.resolve("home").toString(),
                "XDG_DATA_HOME", base.resolve("home/.local/share").toString(),
                "XDG_CONFIG_HOME", base.resolve("home/.config").toString(),
                "JBANG_DIR", jbang(),
                "PATH", base.resolve("home/.local/bin") + ":" + base.resolve("bin") + ":" + System.getenv("PATH")));
    }

    /** Where the real home has it: a build must not fetch it again for a home that is thrown away. */
    private static String jbang() {
        String told = System.getenv("JBANG_DIR");
        return told == null ? System.getProperty("user.home") + "/.jbang" : told;
    }

    public Path root() {
        return base.resolve("project");
    }

    public Path home() {
        return base.resolve("home");
    }

    public Path logs() {
        return root().resolve(".logs");
    }

    private void link(String name, Path target) throws IOException {
        Path link = base.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, target);
    }

    private void file(String name, String text) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void script(String name, String text) throws IOException {
        file(name, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(base.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Ends the jobs that still run and removes everything. */
    public void close() throws IOException, InterruptedException {
        if (Files.exists(logs())) {
            program().bgjob("stop", "--all", "--grace", "1s");
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (Files.exists(base)) {
            try (Stream<Path> files = Files.walk(base)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) { // something of it was still being written
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }
}
