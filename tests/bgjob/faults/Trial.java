package bgjob.faults;

import bgjob.job.Batch;
import bgjob.job.BatchItems;
import bgjob.job.BgjobException;
import bgjob.job.JobSpec;
import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One job in a directory of its own, something done to it at one step, and what is said of it while it runs and when all is over. */
final class Trial {
    private static final String WATCH = "-";
    /** Four times what a log may take that is to be cut, in lines of four bytes. */
    private static final String PRINT = "echo first; yes mid 2>/dev/null | head -n 65536; echo last\n";
    private static final long PATIENCE = 2_000_000_000L;

    private final Scene scene;
    private final Path folder;
    private final String plan;
    private final Path out;
    private final Path subject;
    private final Path side;
    private boolean accepted;
    private String complaint;

    Trial(Scene scene, String name, String plan) {
        this.scene = scene;
        this.folder = scene.folder.resolve(name);
        this.plan = plan == null ? WATCH : plan.startsWith("hold|") ? plan + "|" + folder.resolve("go") : plan;
        this.out = folder.resolve("steps");
        this.side = folder.resolve("side");
        this.subject = JobHome.write(folder.resolve("subject"), "#!/bin/sh\n" + (scene.limits.maxLog() == 0 ? "" : PRINT) + "echo began $BGJOB_ITEM >>" + side + "\nuntil [ -e " + folder + "/gate ] || [ -e " + folder + "/gate$BGJOB_ATTEMPT ]; do sleep 0.02; done\n"
                + "echo ended >>" + side + "\nexit " + Scene.CODE + "\n", true);
        scene.prepare(logs());
    }

    Path logs() {
        return folder.resolve(".logs");
    }

    Steps steps() {
        return Steps.read(out);
    }

    boolean began() {
        return Files.exists(side);
    }

    /** @return whether {@code run} said that the job was started */
    boolean accepted() {
        return accepted;
    }

    /** @return what {@code run} said when it was not */
    String complaint() {
        return complaint;
    }

    void open() {
        JobHome.write(folder.resolve("gate"), "", false);
    }

    /** Opens the gate for the first attempt alone. */
    void openFirst() {
        JobHome.write(folder.resolve("gate1"), "", false);
    }

    /** Lets what is held at its step go on. */
    void release() {
        JobHome.write(folder.resolve("go"), "", false);
    }

    /** Starts the job as bgjob's core does, where the shell that detaches it is the first process watched. */
    void submit() {
        try {
            scene.watched(logs(), Steps.watch(out, logs(), subject, plan)).submit(scene.spec(subject));
            accepted = true;
        } catch (BgjobException e) {
            complaint = e.getMessage();
        }
    }

    /** The same for a batch of numbered items. */
    void submit(int slots, int items) {
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= items; i++) {
            list.append(i).append('\n');
        }
        try {
            Batch batch = new Batch(slots, BatchItems.of(list.toString().getBytes(StandardCharsets.UTF_8), false));
            scene.watched(logs(), Steps.watch(out, logs(), subject, plan)).submit(scene.spec(subject), batch);
            accepted = true;
        } catch (BgjobException e) {
            complaint = e.getMessage();
        }
    }

    /** @return the items that were begun, one a time */
    List<String> items() {
        try {
            return !began() ? List.of() : Files.readAllLines(side).stream().filter(line -> line.startsWith("began ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the job by the whole program, where that is the first process watched. */
    void run() {
        List<String> words = new ArrayList<>(Steps.watch(out, logs(), subject, plan));
        words.add(JobHome.CHECKOUT.resolve("bgjob").toString());
        words.addAll(Arrays.asList("run", Scene.LABEL, "--dir", logs().toString(), "--", subject.toString()));
        CliRun.Result result = scene.home.command(words.toArray(new String[0])).in(folder).exitsAnyhow().run();
        accepted = result.out().contains("\nId: ");
        complaint = result.err();
    }

    /** Has another job hold the queue's one slot until the job stands in the line, and a little longer. */
    private void occupy() {
        String until = "until [ -e free ] || ls .logs/queue/*/line.*." + Scene.LABEL + "_*; do sleep 0.02; done; sleep 0.2";
        JobSpec spec = new JobSpec("holder", List.of("sh", "-c", until), folder.toString(), List.of()).behind(scene.queueing);
        JobRecord job = new JobRecord(logs(), scene.plain(logs()).submit(spec).id().toString());
        Await.until("the slot is taken", () -> job.fact("child_pid") != null);
    }

    /** Starts the job behind another one that holds the slot. */
    void queueUp() {
        occupy();
        submit();
    }

    /** Ends the job that holds the slot, also where nobody came. */
    void free() {
        JobHome.write(folder.resolve("free"), "", false);
    }

    /** Waits for the fault; where the command stands at the gate and it does not come, it may come behind the command's end. */
    void awaitFault() {
        long end = System.nanoTime() + PATIENCE;
        Await.until("the step is reached: " + plan, () -> steps().fault() != null || steps().over() || began() && System.nanoTime() > end);
        if (steps().fault() == null) {
            open();
            awaitEnd();
        }
    }

    /** Waits until the command stands at the gate, or nothing is left. @return whether the command does */
    boolean awaitGate() {
        Await.until("the command begins, or all is over: " + plan, () -> steps().over() || steps().subject() > 0 && (began() || !new Proc(steps().subject()).alive()));
        return !steps().over() && new Proc(steps().subject()).alive();
    }

    /** Waits until no process is the command, or is about to become it. */
    void awaitCommand() {
        Await.until("the command ends: " + plan, () -> steps().over() || !new Proc(steps().subject()).alive() && new Proc(pending()).state().equals("gone"));
    }

    /** @return the process that the leader noted as its child, or 0 */
    private long pending() {
        List<String> ids = recorded();
        String child = ids.isEmpty() ? null : new JobRecord(logs(), ids.get(0)).fact("child_pid");
        return child == null ? 0 : Long.parseLong(child);
    }

    void awaitEnd() {
        Await.until("the last process ends: " + plan + "; seen:\n" + String.join("\n", steps().lines()),
                () -> steps().over() && !new Proc(steps().leader()).alive()); // it is over when the last one begins to end
    }

    /** @return the ids of the jobs that have a meta or an exit file, without the earlier one's */
    List<String> recorded() {
        return Scene.names(logs()).stream().filter(name -> !name.contains("/") && (name.endsWith(".meta") || name.endsWith(".exit")))
                .map(name -> name.substring(0, name.lastIndexOf('.'))).filter(id -> !id.equals(scene.earlier)).distinct().toList();
    }

    /** Runs another job of the label, to its end. @return its id */
    String later() {
        JobSpec spec = new JobSpec(Scene.LABEL, List.of("sh", "-c", "exit 4"), folder.toString(), List.of()).behind(scene.queueing);
        String id = scene.plain(logs()).submit(spec).id().toString();
        Await.until("a later job ends", () -> Files.exists(logs().resolve(id + ".exit")));
        return id;
    }

    Scene scene() {
        return scene;
    }
}
