package bgjob.web;

import io.javalin.http.sse.SseClient;
import java.util.List;

/** The events of all jobs. The id of an event is the watch it is of and its number; who comes back with one goes on behind it. */
final class EventStream extends Outlet {
    private final Changes changes;
    private final String lastId;
    private long told = -1;
    private String run;

    /** @param lastId the id of the last event that the browser had, or null */
    EventStream(SseClient client, Changes changes, String lastId) {
        super(client);
        this.changes = changes;
        this.lastId = lastId;
    }

    @Override
    void send() {
        if (run == null) {
            meet();
        }
        List<Changes.Change> fresh = changes.since(told);
        if (fresh == null || !run.equals(changes.run())) {
            start("reset");
            return;
        }
        for (Changes.Change change : fresh) {
            send("job", change.data(), run + "-" + change.number());
            told = change.number();
        }
    }

    private void meet() {
        run = changes.run();
        int dash = lastId == null ? -1 : lastId.indexOf('-');
        if (dash > 0 && lastId.substring(0, dash).equals(run)) {
            try {
                told = Long.parseLong(lastId.substring(dash + 1));
                return;
            } catch (NumberFormatException e) {
                // an id that is none of ours
            }
        }
        start(lastId == null ? "hello" : "reset");
    }

    /** From here on; {@code reset} also says that the list has to be read again. */
    private void start(String event) {
        run = changes.run();
        told = changes.number();
        send(event, "{}", run + "-" + told);
    }
}
