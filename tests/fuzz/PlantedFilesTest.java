package fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody put something else in the place of a record's file. */
class PlantedFilesTest {
    private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);

    @RegisterExtension
    final Place place = new Place(JobHome.plain());

    private final JobHome home = place.home;
    private Path victim;
    private Path folder;

    @BeforeEach
    void what_links_lead_to() throws IOException {
        victim = Files.writeString(home.root().resolve("victim"), "mine\n");
        folder = Files.createDirectory(home.root().resolve("victims"));
        Files.setLastModifiedTime(victim, OLD);
    }

    private void unharmed(String how) throws IOException {
        assertEquals("mine\n", Files.readString(victim), how);
        assertEquals(OLD, Files.getLastModifiedTime(victim), how);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList(), how);
        }
    }

    /** Names of files as a running job has them, and those that are still to come; parts that are added one day are among them. */
    private List<String> names(JobRecord job) {
        List<String> names = new ArrayList<>(home.files());
        names.removeIf(name -> !name.contains(job.id()));
        names.addAll(List.of(job.id() + ".exit", "jobs/." + job.id() + ".exit", "jobs/" + job.id() + ".progress", "jobs/" + job.id() + ".result"));
        return names.stream().map(name -> name.replace(job.id(), "ID")).distinct().toList();
    }

    @Test
    void neither_a_job_s_end_nor_stop_nor_prune_writes_or_removes_through_a_planted_link() throws IOException {
        List<String> names = names(place.start("first", "gate never"));
        assertTrue(names.contains("ID.meta") && names.contains("jobs/ID.sh"), names.toString());
        for (String name : names) {
            for (Path target : List.of(victim, folder)) {
                String gate = name.replace('/', '_') + target.getFileName();
                String id = place.json("run", "x", "--retry", "1", "--retry-delay", "0", "--timeout", "60", "--on-exit", "true", "--", "gate", gate)
                        .getAsJsonObject().get("id").getAsString();
                Path file = home.logs().resolve(name.replace("ID", id));
                Files.deleteIfExists(file);
                JobRecord job = home.job(id);
                long leader = name.equals("ID.pid") ? Long.parseLong(job.fact("pid")) : job.leader().pid();
                Files.createSymbolicLink(file, target);

                place.call("stop", id, "--grace", "0");
                home.open(gate);
                new bgjob.support.Proc(leader).awaitEnd();
                place.call("stop", id);
                place.call("prune", id);

                unharmed(name + " was a link to " + target);
            }
        }
    }

    @Test
    void a_job_s_ending_is_recorded_whatever_was_planted_in_its_place() throws Exception {
        for (String name : List.of("ID.exit", "jobs/.ID.exit")) {
            for (String kind : List.of("link", "folder", "pipe")) {
                JobRecord job = place.start("x", "gate " + kind + name.length() + "; exit 4");
                Path file = home.logs().resolve(name.replace("ID", job.id()));
                home.sh(switch (kind) {
                    case "link" -> "ln -s \"$1\" \"$0\"";
                    case "folder" -> "mkdir \"$0\"";
                    default -> "mkfifo \"$0\"";
                }, file.toString(), folder.toString()).run();
                home.open(kind + name.length());
                job.leader().awaitEnd();

                assertEquals("4\n", Files.readString(job.exit()), name + " was a " + kind);
                assertTrue(Files.isRegularFile(job.exit(), LinkOption.NOFOLLOW_LINKS));
                unharmed(name);
            }
        }
    }

    @Test
    void a_planted_log_makes_run_take_another_id() throws IOException {
        Files.createDirectories(home.logs());
        for (int second = 0; second < 90; second++) {
            String stamp = LocalDateTime.now().plusSeconds(second).format(DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss"));
            Files.createSymbolicLink(home.logs().resolve("x_" + stamp + ".log"), victim);
        }

        JobRecord job = place.start("x", "echo hello");

        assertEquals("hello\n", job.ended().output());
        assertTrue(job.id().endsWith("_2"), job.id());
        unharmed("the log");
    }

    @Test
    void folders_of_the_records_that_are_links_are_not_written_into() throws IOException {
        place.start("x", "true").ended();
        home.sh("rm -r jobs; ln -s \"$0\" jobs", folder.toString()).in(home.logs()).run();
        String said = place.exits(1, "run", "x", "--", "true").complaint();
        assertTrue(said.contains("jobs is a symbolic link"), said);
        unharmed("jobs");

        Files.delete(home.logs().resolve("jobs"));
        for (int i = 0; i < 420; i++) { // enough names for an index
            Files.createFile(home.logs().resolve("old_20200101_" + (100000 + i) + ".log"));
        }
        Files.createSymbolicLink(home.logs().resolve("index"), folder);
        place.start("x", "true").ended();
        place.exits(0, "list");
        unharmed("index");
        Files.delete(home.logs().resolve("index"));
        place.exits(0, "status", "x");
        assertTrue(Files.exists(home.logs().resolve("index/ids")), "there are enough names for an index");
    }

    @Test
    void nobody_waits_for_a_pipe_or_reads_a_device_in_the_place_of_a_file() throws IOException {
        JobRecord job = place.start("x", "echo 1/2; echo 1/2 >$BGJOB_PROGRESS; echo {} >$BGJOB_RESULT; exit 3").ended();
        JobRecord other = place.start("y", "exit 3").ended();
        for (String name : home.files()) {
            if (!name.contains(job.id())) {
                continue;
            }
            Path file = home.logs().resolve(name);
            for (String kind : List.of("mkfifo \"$0\"", "ln -s /dev/zero \"$0\"", "mkdir \"$0\"")) {
                Path aside = Files.move(file, home.root().resolve("aside"));
                home.sh(kind, file.toString()).run();
                for (String verb : List.of("status", "list", "logs", "result", "stats", "follow", "latest", "rerun", "resume", "stop")) {
                    place.call(verb, "x");
                }
                place.call("wait", "x", "--timeout", "1ms");
                place.call("diff", job.id(), other.id());
                assertEquals("failed", place.json("status", "y").getAsJsonObject().get("state").getAsString());
                Files.delete(file);
                Files.move(aside, file);
            }
        }
        assertFalse(home.files().isEmpty());
    }
}
