package bgjob.faults;

import bgjob.cli.Calls;
import bgjob.job.BgjobException;
import bgjob.support.JobRecord;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks every reading command of a trial's job, and holds the answers against what the files, the processes and the watcher show. */
final class Witness {
    private static final String NOTHING = "null";

    private final Calls program;
    private final Trial trial;
    private final Path logs;
    private final List<String> wrong = new ArrayList<>();

    Witness(Calls program, Trial trial) {
        this.program = program;
        this.trial = trial;
        this.logs = trial.logs();
    }

    /** @return what was answered wrongly so far */
    List<String> wrong() {
        return wrong;
    }

    private void hold(boolean so, String otherwise) {
        if (!so) {
            wrong.add(otherwise);
        }
    }

    private Calls.Call ask(int expected, String verb, String... words) {
        List<String> line = new ArrayList<>(List.of(verb, "--dir", logs.toString()));
        line.addAll(List.of(words));
        Calls.Call call = program.ask(line.toArray(new String[0]));
        hold(expected < 0 || call.status() == expected, line + " exits with " + call.status() + ", not " + expected + ": " + call.said());
        hold(!call.said().contains("internal error"), line + ": " + call.said());
        return call;
    }

    private static String word(JsonObject job, String name) {
        JsonElement value = job.get(name);
        return value == null || value.isJsonNull() ? NOTHING : value.getAsString();
    }

    /** The command waits at the gate. */
    void whileItRuns(boolean leads) {
        List<String> recorded = trial.recorded();
        hold(recorded.size() == 1, "the command runs, and recorded is " + recorded);
        if (recorded.size() == 1) {
            answers(recorded.get(0), leads ? Set.of("running") : Set.of("lost"), NOTHING, leads);
        }
    }

    /** The leader was killed, and a fork of it may sleep until the job's time is up; stop ends it, or there is nothing to end. */
    void stopWhatIsLeft() {
        ask(0, "stop", Scene.LABEL);
    }

    /** Nothing of the job is left. */
    void whenAllIsOver() {
        List<String> recorded = trial.recorded();
        hold(trial.scene().damage(logs).isEmpty(), "changed in the earlier job's record: " + trial.scene().damage(logs));
        hold(recorded.size() <= 1, "one run has made " + recorded);
        if (recorded.isEmpty()) {
            hold(!trial.began(), "the command ran, and there is no record");
            hold(!trial.accepted(), "run said that the job was started, and there is no record");
            JsonArray list = JsonParser.parseString(ask(0, "list", Scene.LABEL, "--all", "--json").said()).getAsJsonArray();
            hold(list.size() == 1, "there is no record, and list has " + list);
            hold(ask(0, "latest", Scene.LABEL).said().contains(trial.scene().earlier), "there is no record, and the label's newest is not the earlier job");
        } else {
            ended(recorded.get(0));
        }
        String later;
        try {
            later = trial.later();
        } catch (BgjobException e) {
            wrong.add("a later run of the label fails: " + e.getMessage());
            return;
        }
        JsonObject newest = JsonParser.parseString(ask(0, "status", Scene.LABEL, "--json").said()).getAsJsonObject();
        hold(word(newest, "id").equals(later) && word(newest, "exit_code").equals("4"), "after " + later + " the label names " + newest);
        ask(4, "wait", Scene.LABEL, "--timeout", "5s");
        if (trial.scene().queueing.queue() != null) {
            String queue = ask(0, "queue", trial.scene().queueing.queue(), "--json").said();
            hold(queue.replaceAll("\\s", "").contains("\"running\":[],\"waiting\":[]"), "all is over, and the queue has " + queue);
        }
    }

    private void ended(String id) {
        Steps steps = trial.steps();
        String truth = Integer.toString(killedUnborn(id) ? 137 : steps.truth());
        String told = ending(id);
        boolean leaderKilled = steps.killed(steps.leader());
        hold(told != null || leaderKilled, "its leader was not killed, and no ending is recorded");
        if (told == null) {
            answers(id, Set.of("lost", NOTHING), NOTHING, false);
        } else {
            hold(told.equals(truth), "it ended with " + truth + ", and recorded is " + told);
            answers(id, Set.of("failed"), truth, false);
        }
    }

    /** @return whether the process that was to become the command in the last attempt was killed before it did */
    private boolean killedUnborn(String id) {
        return trial.steps().killed(child(id));
    }

    private long child(String id) {
        String pid = new JobRecord(logs, id).fact("child_pid");
        return pid == null ? 0 : Long.parseLong(pid);
    }

    /** @return what the files say of the ending, or null; of a line without its end nothing counts */
    private String ending(String id) {
        try {
            Path exit = logs.resolve(id + ".exit");
            if (Files.exists(exit)) {
                return Files.readString(exit).strip();
            }
            String meta = Files.readString(logs.resolve(id + ".meta"));
            int line = meta.lastIndexOf("\nexit=");
            int end = line < 0 ? -1 : meta.indexOf('\n', line + 1);
            return end < 0 ? null : meta.substring(line + "\nexit=".length(), end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answers(String id, Set<String> states, String code, boolean runs) {
        JsonObject status = JsonParser.parseString(ask(0, "status", Scene.LABEL, "--json").said()).getAsJsonObject();
        String state = word(status, "state");
        hold(word(status, "id").equals(id), "the label names " + word(status, "id") + ", not " + id);
        hold(states.contains(state), "the state is " + state + ", not one of " + states + ": " + word(status, "reason"));
        hold(word(status, "exit_code").equals(code), "the exit code is " + word(status, "exit_code") + ", not " + code);
        String first = runs ? "RUNNING label=" : state.equals(NOTHING) ? "CANNOT TELL label=" : "NOT RUNNING label=";
        String second = code.equals(NOTHING) ? "\nEXITCODE <unknown" : "\nEXITCODE " + code + " ";
        String text = ask(0, "status", id).said();
        hold(text.startsWith(first) && text.contains(second), "status says " + text);

        JsonObject listed = null;
        for (JsonElement job : JsonParser.parseString(ask(0, "list", "--all", "--json").said()).getAsJsonArray()) {
            listed = word(job.getAsJsonObject(), "id").equals(id) ? job.getAsJsonObject() : listed;
        }
        hold(listed != null && word(listed, "state").equals(state) && word(listed, "exit_code").equals(code), "list has " + listed);
        hold(ask(0, "list").said().contains(id), "list for people does not have it");
        hold(ask(0, "list", "--running", "--quiet").said().contains(id) == runs, "list --running is wrong");
        hold(ask(0, "latest", Scene.LABEL).said().strip().equals(logs.resolve(id + ".log").toString()), "latest names another log");
        hold(ask(0, "latest", id, "--file", "meta").said().strip().equals(logs.resolve(id + ".meta").toString()), "latest names another meta");
        String log = ask(0, "logs", id).said();
        if (trial.scene().limits.maxLog() > 0 && trial.began()) {
            hold(log.startsWith("first\nmid\n") && log.contains("\nmid\nlast\n"), "the log begins or ends otherwise: " + log.length() + " characters, " + log.substring(Math.max(0, log.length() - 40)));
        }
        boolean known = !code.equals(NOTHING);
        Calls.Call result = ask(runs ? 1 : known ? 0 : 125, "result", id, "--json");
        hold(word(JsonParser.parseString(result.said()).getAsJsonObject().getAsJsonObject("job"), "exit_code").equals(code), "result says " + result.said());
        ask(runs ? 124 : known ? Integer.parseInt(code) : 125, "wait", id, "--timeout", runs ? "50ms" : "5s");
        if (!runs && trial.steps().over()) {
            String said = ask(state.equals(NOTHING) ? 125 : 0, "stop", id).said();
            hold(!said.contains("sent"), "stop signalled a job that was over: " + said);
            hold(word(JsonParser.parseString(ask(0, "status", id, "--json").said()).getAsJsonObject(), "state").equals(state), "a stop that came late changed the state");
        }
    }

    /** The checks of the machine and the records; they take too long to ask after every trial. */
    void doctor() {
        Calls.Call call = ask(-1, "doctor", "--json");
        hold(call.status() <= 1 && call.said().startsWith("[") | call.said().startsWith("{"), "doctor says " + call.said());
    }
}
