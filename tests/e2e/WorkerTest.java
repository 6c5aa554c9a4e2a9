package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.WorkerProgram;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program inside a job, by bgjob.Worker. */
class WorkerTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private static String[] program(String... arguments) {
        List<String> command = new ArrayList<>(List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), WorkerProgram.class.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(new String[0]);
    }

    private JobRecord ended(int status, String... arguments) {
        JobRecord job = home.start("w", program(arguments));
        home.bgjob("wait", job.id()).exits(status).run();
        return job;
    }

    private Path checkpoint(JobRecord job) {
        return job.dir().resolve("jobs/" + job.id() + ".checkpoint");
    }

    @Test
    void told_to_end_it_finishes_its_item_and_goes_on_from_the_next() {
        String gate = home.work() + "/gate";
        home.open("gate.0");
        JobRecord first = home.start("w", program("count", gate));
        Await.until("item 1 has begun", () -> first.output().contains("begin 1"));
        Await.until("its progress shows", () -> "item 1".equals(item(home.status("w"))));
        var stop = home.bgjob("stop", "w").start();
        Await.until("it was told", () -> first.output().contains("told"));
        home.open("gate.1");
        assertTrue(stop.await().out().contains("stopped (exit 143"), stop.out());
        assertEquals("begin 0\nend 0\nbegin 1\ntold to end\nend 1\n", first.output());

        home.open("gate.2");
        home.open("gate.3");
        JobRecord second = home.started(home.ok("resume", "w"));
        home.ok("wait", second.id());
        assertEquals("begin 2\nend 2\nbegin 3\nend 3\n", second.output());
        assertFalse(Files.exists(checkpoint(second)), "what nobody needs any more is still there");
    }

    private static String item(JsonObject status) {
        return status.get("progress").isJsonNull() || status.getAsJsonObject("progress").get("item").isJsonNull() ? null
                : status.getAsJsonObject("progress").get("item").getAsString();
    }

    @Test
    void it_pauses_itself_and_says_why() {
        JobRecord job = ended(75, "pause");
        JsonObject status = home.status("w");

        assertEquals("paused", status.get("state").getAsString());
        assertEquals("rate limited until noon, token=***", status.get("reason").getAsString());
        assertEquals("paused: rate limited until noon, token=***\n", job.output());
        assertTrue(Files.exists(checkpoint(job).resolve("saved.at")));
    }

    @Test
    void a_failed_one_is_resumed_with_what_it_saved() {
        JobRecord first = ended(1, "go on");
        JobRecord second = home.started(home.ok("resume", "w"));
        home.ok("wait", second.id());

        assertEquals("w 1 null null\nnot yet\n", first.output());
        assertEquals("w 2 first null\n", second.output());
        assertEquals("done\n", home.ok("result", second.id(), "--raw"));
    }

    @Test
    void of_many_counts_a_few_are_written_and_the_last() throws Exception {
        JobRecord job = ended(0, "hurry");
        List<String> lines = Files.readAllLines(job.dir().resolve("jobs/" + job.id() + ".progress"));

        assertEquals("100000/100000", lines.get(lines.size() - 1));
        assertTrue(lines.contains("failed one thing"), lines.toString());
        assertTrue(lines.size() >= 3 && lines.size() < 60, lines.size() + " lines");
        assertEquals(100, home.status("w").getAsJsonObject("progress").get("percent").getAsInt());
    }

    @Test
    void secrets_go_into_no_file_that_it_writes() throws Exception {
        JobRecord job = ended(1, "secrets");

        assertTrue(job.output().startsWith("the word is ***, at https://me:***@host/\njava.lang.AssertionError: *** does not do\n\tat "), job.output());
        for (String name : List.of(".progress", ".result")) {
            String text = Files.readString(job.dir().resolve("jobs/" + job.id() + name));
            assertFalse(text.contains("hunter2") || text.contains("pw@"), text);
            assertTrue(text.contains("***"), text);
        }
    }

    @Test
    void wrong_arguments_end_it_with_2_and_a_sentence() {
        assertEquals("there is no deed; it is argument 1\n", ended(2).output());
        assertEquals("no deed is called x\n", ended(2, "x").output());
    }

    @Test
    void it_works_without_a_job_around_it() {
        assertEquals("", home.command(program("hurry")).run().out());
        assertEquals("paused: rate limited until noon, token=***\n", home.command(program("pause")).exits(75).run().out());
    }

    @Test
    void a_body_that_exits_by_itself_is_not_waited_for() {
        ended(3, "exit");
        JobRecord job = home.start("w", program("exit when told"));
        Await.until("it waits", () -> job.output().contains("waiting"));
        String said = home.ok("stop", "w", "--grace", "20s");

        assertTrue(said.contains("stopped (exit 143") && !said.contains("KILL"), said);
    }
}
