package fuzz;

import bgjob.support.JobHome;
import bgjob.support.Proc;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import fuzz.Caller.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The jobs that there must be under one {@code .logs} directory, in the order in which they were started. */
final class World {
    final JobHome home;
    final Caller caller;
    final List<Known> jobs = new ArrayList<>();
    private final TreeSet<String> everGiven = new TreeSet<>();
    private final List<String> told = new ArrayList<>();

    World(JobHome home, Caller caller) {
        this.home = home;
        this.caller = caller;
    }

    /** Calls the program, whose answer must be one that it may give at all. */
    Outcome call(List<String> words) {
        Outcome outcome = caller.call(words);
        told.add("bgjob " + String.join(" ", words) + "  # " + outcome.status());
        String wrong = Judge.wrong(outcome);
        if (wrong != null) {
            throw new AssertionError(wrong + said(outcome));
        }
        return outcome;
    }

    Outcome call(String... words) {
        return call(List.of(words));
    }

    /** @throws AssertionError when the exit status is none of these */
    Outcome expect(Outcome outcome, int... statuses) {
        for (int status : statuses) {
            if (status == outcome.status()) {
                return outcome;
            }
        }
        throw new AssertionError("exit status " + outcome.status() + " was not to be expected" + said(outcome));
    }

    static String said(Outcome outcome) {
        return ": bgjob " + String.join(" ", outcome.arguments()) + "\n" + outcome.text() + outcome.complaint();
    }

    /** @return what was called so far, one line a call */
    String story() {
        StringBuilder story = new StringBuilder(String.join("\n", told));
        for (Proc process : left()) {
            story.append("\n# process ").append(process.pid()).append(" of ").append(process.ppid()).append(", group ").append(process.pgid()).append(", ")
                    .append(process.state()).append(", ").append(process.variable("BGJOB_ID")).append(": ").append(process.commandLine());
        }
        return story.toString();
    }

    void note(String what) {
        told.add("# " + what);
    }

    Known add(JsonObject job, String label, Work work) {
        String id = job.get("id").getAsString();
        if (!everGiven.add(id) || !id.startsWith(label + "_")) {
            throw new AssertionError("the id " + id + " was given to a job of " + label);
        }
        boolean open = work.gate() != null && Files.exists(home.work().resolve(work.gate()));
        Known known = new Known(home.job(id), label, work, open);
        jobs.add(known);
        return known;
    }

    /** @return the label's newest job, or null */
    Known newest(String label) {
        Known newest = null;
        for (Known job : jobs) {
            newest = job.label.equals(label) ? job : newest;
        }
        return newest;
    }

    void saw(JsonElement array) {
        for (JsonElement element : array.getAsJsonArray()) {
            JsonObject job = element.getAsJsonObject();
            known(job.get("id").getAsString()).saw(job);
        }
    }

    Known known(String id) {
        for (Known job : jobs) {
            if (job.id.equals(id)) {
                return job;
            }
        }
        throw new AssertionError("there is no job " + id + "; there are " + jobs);
    }

    Known status(Known job) {
        job.saw(Judge.json(expect(call("status", job.id, "--json"), 0).text()).getAsJsonObject());
        return job;
    }

    void open(String gate) {
        note("open " + gate);
        home.open(gate);
        for (Known job : jobs) {
            if (gate.equals(job.work.gate())) {
                job.phase = job.phase == Known.Phase.RUNS ? Known.Phase.ENDS : job.phase;
                job.held = job.held == Known.Phase.RUNS ? Known.Phase.ENDS : job.held;
            }
        }
    }

    void removed(Known job) {
        jobs.remove(job);
        everGiven.remove(job.id); // it may be given again, within the second (docs/files.md)
        expect(call("status", job.id), 1);
        if (home.files().stream().anyMatch(name -> name.contains(job.id + "."))) {
            throw new AssertionError("files of " + job + " are left: " + home.files());
        }
    }

    void checkFiles() {
        jobs.forEach(Known::checkFiles);
    }

    /** Ends everything and looks once more at everything. */
    void end() {
        for (Known job : List.copyOf(jobs)) {
            if (job.phase == Known.Phase.LOST || job.disturbed) { // what outlived the job
                job.disturbed = true;
                expect(call("stop", job.id, "--grace", "100ms"), 0);
            }
            job.disturbed |= !job.over();
            job.phase = job.phase == Known.Phase.RUNS || job.phase == Known.Phase.HELD ? Known.Phase.ENDS : job.phase;
        }
        expect(call("stop", "--all", "--grace", "100ms"), 0);
        for (Known job : jobs) {
            if (!status(job).over()) {
                throw new AssertionError(job + " runs after stop --all");
            }
        }
        checkFiles();
        List<Proc> left = left();
        if (!left.isEmpty()) {
            throw new AssertionError("processes are left: " + left.stream().map(process -> process.pid() + " " + process.commandLine()).toList());
        }
    }

    /** @return the processes of all jobs */
    List<Proc> left() {
        return home.processes().stream().filter(process -> process.variable("BGJOB_ID") != null).toList();
    }

    /** Makes the place as it was before the first job. */
    void clear() {
        try (var files = Files.list(home.work())) {
            for (var file : files.sorted().toList()) {
                home.sh("rm -rf -- \"$0\"", file.toString()).run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
