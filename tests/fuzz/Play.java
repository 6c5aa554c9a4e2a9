package fuzz;

import bgjob.support.Proc;
import com.google.gson.JsonObject;
import fuzz.Caller.Outcome;
import fuzz.Known.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Does a step and compares what the program says with what must be true. */
final class Play {
    private static final List<String> NONSENSE = List.of("", "-", "--", "--json", "--all", "-n", "-1", "0", "99999999999999999999", "--since", "--grep", "(", "a",
            "a_20200101_000000", "../../etc/passwd", "\u001b[31m", "\n", "--dir=/nonexistent", "--state", "lost,", "é", "%s", "*", "@x", "--no-such", "-h");
    private static final List<String> READERS = List.of("status", "list", "logs", "latest", "result", "stats", "diff", "wait", "no-such-verb");

    private final World world;

    Play(World world) {
        this.world = world;
    }

    void step(Step step, int number) {
        Random random = new Random(step.salt());
        Known newest = world.newest(step.label());
        List<Known> all = world.jobs.stream().filter(job -> job.label.equals(step.label())).toList();
        Known job = all.isEmpty() || random.nextInt(3) > 0 ? newest : all.get(random.nextInt(all.size()));
        String name = job == newest && random.nextBoolean() ? step.label() : job == null ? step.label() : job.id;
        switch (step.kind()) {
            case RUN -> run(step.label(), Work.random(random, "gate" + number), random);
            case LIST -> list(random, step.label());
            case NONSENSE -> nonsense(random);
            case PRUNE -> prune(random, step.label(), all);
            default -> {
                if (job == null) {
                    world.expect(world.call(step.kind() == Step.Kind.STOP ? "stop" : "status", step.label()), 1);
                } else {
                    with(step.kind(), job, name, random);
                }
            }
        }
        world.checkFiles();
    }

    private void with(Step.Kind kind, Known job, String name, Random random) {
        switch (kind) {
            case WAIT -> await(job, name);
            case STOP -> stop(job, name, random);
            case OPEN -> world.open(job.work.gate() == null ? "no-gate" : job.work.gate());
            case PAUSE -> pause(job, name);
            case RESUME -> resume(job, name);
            case RERUN -> anew(job, world.expect(world.call("rerun", name, "--json"), 0));
            case STATUS -> {
                world.status(job);
                world.expect(world.call("status", name), 0);
            }
            case LOGS -> logs(job, name, random);
            case FOLLOW -> follow(job, name);
            case RESULT -> result(job, name);
            case SUMS -> {
                world.expect(world.call("stats", job.label, "--json"), 0);
                world.expect(world.call("diff", name, world.jobs.get(random.nextInt(world.jobs.size())).id), 0);
            }
            case LATEST -> {
                String path = world.expect(world.call("latest", name, "--file", "meta"), 0).text();
                if (!path.equals(job.record.meta() + "\n")) {
                    throw new AssertionError(path + " is not the meta of " + job);
                }
            }
            case KILL_LEADER -> killLeader(job);
            default -> killCommand(job);
        }
    }

    private void run(String label, Work work, Random random) {
        List<String> words = new ArrayList<>(List.of("run", label, "--json"));
        boolean wait = work.gate() == null && random.nextInt(3) == 0;
        if (wait) {
            words.add("--wait");
        }
        words.addAll(work.words());
        Outcome outcome = world.expect(world.call(words), wait ? work.code() : 0);
        Known job = world.add(Judge.json(outcome.text()).getAsJsonObject(), label, work);
        job.saw(Judge.json(outcome.text()).getAsJsonObject());
        if (wait && !job.over()) {
            throw new AssertionError("run --wait came back before the end of " + job);
        }
    }

    private void anew(Known old, Outcome outcome) {
        JsonObject said = Judge.json(outcome.text()).getAsJsonObject();
        Known job = world.add(said, old.label, old.work);
        job.saw(said);
        if (!old.id.equals(said.get("parent").getAsString())) {
            throw new AssertionError(job + " is no child of " + old);
        }
    }

    private void await(Known job, String name) {
        boolean ends = job.phase == Phase.ENDS || job.over();
        Outcome outcome = world.call(ends ? List.of("wait", name, "--json") : List.of("wait", name, "--timeout", "10ms", "--json"));
        if (job.phase == Phase.LOST) {
            world.expect(outcome, 125);
        } else if (!ends) {
            world.expect(outcome, 124);
        } else {
            world.saw(Judge.json(outcome.text()));
            world.expect(outcome, job.code);
        }
    }

    private void stop(Known job, String name, Random random) {
        job.disturbed |= !job.over() || job.phase == Phase.LOST;
        if (job.phase == Phase.RUNS || job.phase == Phase.HELD) {
            job.phase = Phase.ENDS;
        }
        List<String> words = new ArrayList<>(List.of("stop", name, "--grace", random.nextBoolean() ? "50ms" : "0", "--json"));
        if (random.nextInt(3) == 0) {
            words.addAll(List.of("--signal", List.of("INT", "KILL", "HUP", "SIGTERM", "USR1").get(random.nextInt(5)), "--reason", "it's \u001b[31menough\n"));
        }
        Outcome outcome = world.expect(world.call(words), 0);
        JsonObject receipt = Judge.json(outcome.text()).getAsJsonArray().get(0).getAsJsonObject();
        job.saw(receipt.getAsJsonObject("job"));
        if (!job.over() || receipt.getAsJsonArray("survivors").size() > 0) {
            throw new AssertionError(job + " is not stopped" + World.said(outcome));
        }
        job.record.leader().awaitEnd(); // the ending is recorded before it tidies up
    }

    private void pause(Known job, String name) {
        Phase before = job.phase;
        Outcome outcome = before == Phase.RUNS ? world.expect(world.call("pause", name), 0) : world.expect(world.call("pause", name), 0, 1);
        if (outcome.status() == 0 && (before == Phase.RUNS || before == Phase.ENDS)) {
            job.held = before;
            job.phase = Phase.HELD;
        }
        world.status(job);
    }

    private void resume(Known job, String name) {
        Phase before = job.phase;
        Outcome outcome = world.call("resume", name, "--json");
        if (before == Phase.HELD) {
            world.expect(outcome, 0);
            job.phase = job.held;
        } else if (before == Phase.RUNS || before == Phase.ENDED && job.state.equals("completed")) {
            world.expect(outcome, 1);
        } else if (world.expect(outcome, 0, before == Phase.ENDED ? 0 : 1).status() == 0) {
            anew(job, outcome);
        }
        world.status(job);
    }

    private void logs(Known job, String name, Random random) {
        int from = random.nextInt(4);
        Outcome outcome = world.expect(world.call("logs", name, "--since", "" + from, "--json"), 0);
        byte[] all = job.work.output().getBytes(StandardCharsets.UTF_8);
        JsonObject said = Judge.json(outcome.text()).getAsJsonObject();
        long next = said.get("next").getAsLong();
        int first = Math.min(from, all.length);
        String expected = next < first ? "" : new String(all, first, (int) Math.min(next, all.length) - first, StandardCharsets.UTF_8);
        if (next > all.length || first == from && !said.get("text").getAsString().equals(expected)) {
            throw new AssertionError("'" + expected + "' was expected of " + job + World.said(outcome));
        }
    }

    private void follow(Known job, String name) {
        if (job.phase == Phase.ENDS || job.phase == Phase.ENDED) {
            Outcome outcome = world.expect(world.call("follow", name), 0);
            boolean whole = !job.disturbed;
            if (whole ? !outcome.text().equals(job.work.output()) : !job.work.output().startsWith(outcome.text())) {
                throw new AssertionError("'" + job.work.output() + "' was expected of " + job + World.said(outcome));
            }
        }
    }

    private void result(Known job, String name) {
        Outcome outcome = world.call("result", name, "--json");
        job.saw(Judge.json(outcome.text()).getAsJsonObject().getAsJsonObject("job"));
        world.expect(outcome, job.phase == Phase.LOST ? 125 : job.over() ? 0 : 1);
    }

    private void list(Random random, String label) {
        boolean one = random.nextBoolean();
        List<String> words = new ArrayList<>(one ? List.of("list", label, "--all") : List.of("list", "--all"));
        if (random.nextBoolean()) {
            List<String> there = world.jobs.stream().filter(job -> !one || job.label.equals(label)).map(job -> job.id).toList();
            Outcome outcome = world.call(one ? List.of("list", label, "--all", "--quiet") : List.of("list", "--all", "--quiet"));
            world.expect(outcome, one && there.isEmpty() ? 1 : 0);
            List<String> said = outcome.text().lines().sorted().toList();
            if (!said.equals(there.stream().sorted().toList())) {
                throw new AssertionError(there + " was expected" + World.said(outcome));
            }
        } else {
            words.add("--json");
            Outcome outcome = world.call(words);
            if (outcome.status() == 0) {
                world.saw(Judge.json(outcome.text()));
            }
        }
    }

    private void prune(Random random, String label, List<Known> all) {
        int keep = random.nextInt(3);
        boolean dry = random.nextBoolean();
        List<String> words = new ArrayList<>(List.of("prune", label, "--keep", "" + keep, "--json"));
        if (dry) {
            words.add("--dry-run");
        }
        Outcome outcome = world.call(words);
        world.expect(outcome, all.isEmpty() ? 1 : 0);
        if (all.isEmpty()) {
            return;
        }
        for (var element : Judge.json(outcome.text()).getAsJsonObject().getAsJsonArray("removed")) {
            Known job = world.known(element.getAsJsonObject().get("id").getAsString());
            if (!job.label.equals(label) || all.indexOf(job) >= all.size() - keep || job.phase == Phase.RUNS || job.phase == Phase.HELD) {
                throw new AssertionError(job + " was not to be removed" + World.said(outcome));
            }
            if (!dry) {
                world.removed(job);
            }
        }
    }

    private void killLeader(Known job) {
        if (job.phase == Phase.RUNS) {
            world.note("kill the leader of " + job.id);
            job.record.leader().signal("KILL");
            job.record.leader().awaitEnd();
            job.phase = Phase.LOST;
            world.status(job);
        }
    }

    private void killCommand(Known job) {
        if (job.phase == Phase.RUNS && job.record.fact("child_pid") != null) {
            world.note("kill the command of " + job.id);
            new Proc(Long.parseLong(job.record.fact("child_pid"))).signal("KILL");
            job.record.ended();
            job.disturbed = true;
            job.ended("failed", 137);
            world.status(job);
        }
    }

    private void nonsense(Random random) {
        List<String> words = new ArrayList<>(List.of(READERS.get(random.nextInt(READERS.size()))));
        for (int n = random.nextInt(5); n > 0; n--) {
            words.add(NONSENSE.get(random.nextInt(NONSENSE.size())));
        }
        if (!words.get(0).equals("wait")) {
            world.call(words);
        }
        if (Files.exists(Path.of("/nonexistent"))) {
            throw new AssertionError("a reader has made a directory");
        }
    }
}
