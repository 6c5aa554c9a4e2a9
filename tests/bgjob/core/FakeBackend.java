package bgjob.core;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.Survivor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A backend that shows what it is told to show and notes what it is told to do. */
final class FakeBackend implements Backend {
    final List<String> signals = new ArrayList<>();
    final List<String> submitted = new ArrayList<>();
    List<Survivor> members = List.of();
    Observation seen = Observation.of(Sight.RUNNING, null);
    String unavailable;
    String untouchable;
    BgjobException refusal;
    /** What a signal does. */
    Consumer<String> onSignal = signal -> {
    };
    /** What happens while it looks. */
    Runnable onObserve = () -> {
    };
    /** What starting does; by default the leader records the job. */
    Consumer<BackendRef> onSubmit = ref -> {
    };

    private final String name;

    FakeBackend() {
        this("local");
    }

    FakeBackend(String name) {
        this.name = name;
    }

    static List<Survivor> processes(long... pids) {
        return Arrays.stream(pids).mapToObj(pid -> new Survivor(pid, pid, "process " + pid)).toList();
    }

    void end() {
        members = List.of();
        seen = Observation.of(Sight.GONE, "its leader is gone");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unavailable() {
        return unavailable;
    }

    @Override
    public Facts describe() {
        Facts facts = new Facts();
        facts.add("host", "here");
        return facts;
    }

    @Override
    public Facts submit(BackendRef ref, String script) {
        if (refusal != null) {
            throw refusal;
        }
        submitted.add(script);
        onSubmit.accept(ref);
        return new Facts();
    }

    @Override
    public List<Observation> observe(List<BackendRef> refs) {
        onObserve.run();
        return refs.stream().map(ref -> seen).toList();
    }

    @Override
    public List<Survivor> members(BackendRef ref) {
        return members;
    }

    @Override
    public String untouchable(BackendRef ref) {
        return untouchable;
    }

    @Override
    public void signal(BackendRef ref, String signal) {
        if (refusal != null) {
            throw refusal;
        }
        signals.add(signal);
        onSignal.accept(signal);
    }
}
