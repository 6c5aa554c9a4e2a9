package bgjob.support;

import bgjob.Worker;
import bgjob.job.BgjobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program for jobs that does with a worker what its first argument says. */
public final class WorkerProgram {
    private WorkerProgram() {
    }

    public static void main(String... args) {
        System.exit(Worker.run(args, WorkerProgram::work));
    }

    private static void work(Worker worker) throws Exception {
        switch (worker.argument(0, "deed")) {
            case "count" -> count(worker, Path.of(worker.argument(1, "gate")));
            case "hurry" -> {
                for (int i = 0; i < 100_000; i++) {
                    worker.progress(i, 100_000, "item " + i);
                }
                worker.failed("one\nthing");
                worker.progress(100_000, 100_000, null);
            }
            case "pause" -> {
                worker.save("at", worker.attempt());
                throw worker.pause("rate limited until noon, token=abcdef");
            }
            case "go on" -> {
                worker.log(worker.id().label() + " " + worker.attempt() + " " + worker.saved("at") + " " + worker.saved("none"));
                if (worker.attempt() == 1) {
                    worker.save("at", "first");
                    throw BgjobException.failed("not yet");
                }
                worker.result("done");
            }
            case "secrets" -> {
                worker.secret("hunt");
                worker.secret("hunter2");
                worker.log("the word is hunter2, at https://me:pw@host/");
                worker.progress(1, 2, "hunter2");
                worker.failed("https://me:pw@host/x");
                worker.result("hunter2");
                throw new AssertionError("hunter2 does not do");
            }
            case "exit" -> System.exit(3);
            case "exit when told" -> {
                worker.log("waiting");
                worker.sleep(Duration.ofMinutes(1));
                System.exit(4);
            }
            default -> throw BgjobException.usage("no deed is called " + worker.argument(0, "deed"));
        }
    }

    /** Each item takes until its gate is open; told to end, it finishes the one it is at. */
    private static void count(Worker worker, Path gate) throws Exception {
        for (long i = worker.savedNumber("next"); i < 4 && !worker.stopping(); i++) {
            worker.progress(i, 4, "item " + i);
            worker.log("begin " + i);
            boolean told = false;
            for (int n = 0; !Files.exists(Path.of(gate + "." + i)) && n < 2000; n++) {
                if (!told && worker.stopping()) {
                    worker.log("told to end");
                    told = true;
                }
                Thread.sleep(10);
            }
            worker.save("next", i + 1);
            worker.log("end " + i);
        }
    }
}
