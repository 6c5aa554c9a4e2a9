package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.QueueState;
import bgjob.core.QueueWords;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.json.QueueJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code queue}: shows queues, and changes how many slots one has. */
@Command(name = "queue", description = "Show queues: how many slots each has, which jobs run in them, and which wait in what order. With --slots, have"
        + " so many jobs of a queue run at the same time from now on; what runs already runs on.",
        exitCodeList = {"0:told, also when there is none", "1:there is no such queue, or it could not be changed",
            "2:the command line makes no sense"},
        footer = {"  bgjob queue", "  bgjob queue build --slots 3", "  bgjob queue --json"})
final class QueueCommand extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Only this queue.")
    String name;

    @Option(names = "--slots", paramLabel = "N", description = "How many jobs of it may run at the same time, 1 to 1000.")
    String slots;

    @Option(names = "--json", description = "Print JSON (docs/json.md).")
    boolean json;

    private QueueCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new QueueCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (slots != null && name == null) {
            throw BgjobException.usage("--slots needs the NAME of a queue: bgjob queue NAME --slots " + slots);
        }
        if (name != null) {
            QueueWords.requireName(name);
        }
        Jobs jobs = jobs();
        if (slots != null) {
            jobs.queues().slots(name, QueueWords.slots(slots));
        }
        List<QueueState> queues = name == null ? jobs.queues().all() : List.of(jobs.queues().one(name));
        if (json) {
            new JsonOutput(terminal()).print(QueueJson.of(queues));
        } else if (queues.isEmpty()) {
            terminal().note("no queues");
        } else {
            terminal().print(text(queues));
        }
        return ExitCode.DONE.number();
    }

    private static String text(List<QueueState> queues) {
        StringBuilder text = new StringBuilder();
        for (QueueState queue : queues) {
            text.append(queue.name()).append(": ").append(queue.slots()).append(queue.slots() == 1 ? " slot, " : " slots, ")
                    .append(queue.running().size()).append(" running, ").append(queue.waiting().size()).append(" waiting\n");
            for (JobId id : queue.running()) {
                text.append("  running  ").append(id).append('\n');
            }
            for (int i = 0; i < queue.waiting().size(); i++) {
                String place = Integer.toString(i + 1);
                text.append("  ").append(place).append(" ".repeat(Math.max(1, 9 - place.length()))).append(queue.waiting().get(i)).append('\n');
            }
        }
        return text.toString();
    }
}
