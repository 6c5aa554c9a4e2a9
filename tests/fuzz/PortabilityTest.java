package fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same job in every shell on every kind of machine: it runs, is tried again, is paused, stopped and repeated by hand, and its record is the same. */
class PortabilityTest {
    /** The whole; batches (below and BatchShellsTest); worktrees (AtCommitShellsTest); and Slurm, where the shell is the node's /bin/sh. */
    private static final Set<String> ELSEWHERE = Set.of("job.sh", "batch.sh", "tree.sh", "snapshot.sh", "worktree.sh", "slurm.sh", "array.sh");

    private static final List<String> ARGUMENTS = List.of("a b", "it's", "日本\n", "*", "\\n", "");

    @RegisterExtension
    final Place place = new Place(JobHome.withGit());

    private final JobHome home = place.home;
    private final List<JobRecord> late = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Surrounding.class)
    void a_job_and_its_record_are_the_same_in_every_shell(Surrounding surrounding) throws IOException {
        surrounding.prepare(place);
        String cwd = surrounding.directory(home);
        home.sh("mkdir -p -- \"$0\"", cwd).run();
        for (String shell : surrounding.shells()) {
            String path = shell(shell);
            home.environment().put("BGJOB_SH", path);
            try {
                fails(path, cwd, surrounding);
                runsItems(cwd);
                isHeldAndStopped(cwd);
                late.add(job(place.exits(0, words(cwd, "late", "--timeout", "1", "--json", "--", "gate", "never")).text(), cwd));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(shell + ": " + e.getMessage(), e);
            }
        }
        for (JobRecord job : late) {
            place.exits(143, "wait", job.id(), "--dir", cwd + "/.logs");
            assertEquals("\"timed-out\"", status(job, cwd).get("state").toString(), job.id());
        }
    }

    private String shell(String name) throws IOException {
        Path folder = Files.createDirectories(home.root().resolve("shells"));
        return switch (name) {
            case "bash --posix" -> home.program("bash-posix", "exec " + Tool.need("bash") + " --posix \"$@\"").toString();
            case "busybox ash" -> Files.createSymbolicLink(folder.resolve("ash"), Path.of(Tool.need("busybox"))).toString();
            default -> Tool.need(name);
        };
    }

    private static String[] words(String cwd, String label, String... more) {
        return Stream.concat(Stream.of("run", label, "--dir", cwd + "/.logs", "--cwd", cwd), Stream.of(more)).toArray(String[]::new);
    }

    private JobRecord job(String json, String cwd) {
        return new JobRecord(Path.of(cwd, ".logs"), Judge.json(json).getAsJsonObject().get("id").getAsString());
    }

    private JsonObject status(JobRecord job, String cwd) {
        return Judge.json(place.exits(0, "status", job.id(), "--dir", cwd + "/.logs", "--json").text()).getAsJsonObject();
    }

    /** Every part of the job script that there is, in one job that fails twice. */
    private void fails(String shell, String cwd, Surrounding surrounding) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "printf '%s|' \"$V\" \"$PWD\" \"$@\"; umask; exit 3", "sh"));
        command.addAll(ARGUMENTS);
        String[] options = {"--json", "--wait", "--retry", "1", "--retry-delay", "0", "--timeout", "60", "--nice", "1", "--on-exit", "echo over $BGJOB_EXIT",
            "--max-log", "1M", "--notify", "--queue", "q", "--after", "first", "--env", "V=it's é", "--"};
        place.exits(0, words(cwd, "first", "--wait", "--", "true"));
        String json = place.exits(3, words(cwd, "fails", Stream.concat(Stream.of(options), command.stream()).toArray(String[]::new))).text();
        JobRecord job = job(json, cwd);
        JsonObject status = Judge.json(json).getAsJsonObject();
        String printed = "it's é|" + cwd + "|" + String.join("|", ARGUMENTS) + "|" + surrounding.umask() + "\n";

        assertEquals("failed 3 2", status.get("state").getAsString() + " " + status.get("exit_code") + " " + status.get("attempt"));
        assertEquals(command, status.getAsJsonArray("command").asList().stream().map(word -> word.getAsString()).toList());
        assertEquals(job.fact("pid"), job.fact("pgid"));
        assertEquals(List.of(), job.facts("exit_doubt"));
        Await.until("what was asked for at the end has run", () -> job.fact("on_exit_status") != null);
        assertEquals("0", job.fact("on_exit_status"));
        assertEquals(printed + "\n--- bgjob: attempt 2, after exit 3 ---\n" + printed + "over 3\n", job.output());
        everyPartIsIn(Files.readString(job.script()));
        assertEquals(printed.replaceAll("\\d+\n$", "") , home.command(shell, job.script().toString()).in("/").exits(3).run().out().replaceAll("\\d+\n$", ""));
    }

    /** A part that this job's options do not bring into its script wants an option here, unless its tests try every shell themselves. */
    private static void everyPartIsIn(String script) throws IOException {
        Path parts = JobHome.CHECKOUT.resolve("lib/bgjob/script");
        try (Stream<Path> files = Files.list(parts)) {
            for (Path part : files.filter(file -> file.toString().endsWith(".sh") && !ELSEWHERE.contains(file.getFileName().toString())).toList()) {
                String first = Files.readAllLines(part).stream().filter(line -> line.endsWith("() {")).findFirst().orElseThrow();
                assertTrue(script.contains(first), part.getFileName() + " is in no job of this test; add the option that brings it in");
            }
        }
    }

    private void runsItems(String cwd) throws IOException {
        Path items = Files.writeString(Files.createTempFile("bgjob-items-", ".txt"), "a b\n*\nit's\n");
        String[] words = words(cwd, "items", "--slots", "2", "--from", items.toString(), "--wait", "--json", "--", "sh", "-c", "printf '<%s>' \"$1\"", "sh", "{}");
        words[0] = "batch";
        JobRecord job = job(place.exits(0, words).text(), cwd);
        assertEquals(List.of("<a b>", "<*>", "<it's>"), List.of(1, 2, 3).stream()
                .map(n -> place.exits(0, "logs", job.id(), "--item", n.toString(), "--dir", cwd + "/.logs").text()).toList());
        Files.delete(items);
    }

    private void isHeldAndStopped(String cwd) {
        String dir = cwd + "/.logs";
        JobRecord job = job(place.exits(0, words(cwd, "runs", "--json", "--", "sh", "-c", "echo command=$$; exec gate never")).text(), cwd);
        Proc command = job.told("command");
        assertEquals("running", status(job, cwd).get("state").getAsString());
        place.exits(0, "pause", job.id(), "--dir", dir);
        assertEquals("paused", status(job, cwd).get("state").getAsString());
        place.exits(0, "resume", job.id(), "--dir", dir);
        place.exits(0, "stop", job.id(), "--dir", dir);
        JsonObject status = status(job, cwd);
        assertEquals("stopped 143 \"TERM\"", status.get("state").getAsString() + " " + status.get("exit_code") + " " + status.get("signal"));
        command.awaitEnd();
        job.leader().awaitEnd();
    }
}
