package bgjob.web;

import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** One open stream of server-sent events. Only one thread at a time sends on it. */
abstract class Outlet implements Runnable {
    /** A browser that lost the stream comes back after a second, not after three. */
    private static final byte[] RETRY = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int MORE = 2;

    private final SseClient client;
    private final EndPoint line;
    private final AtomicInteger state = new AtomicInteger(IDLE);
    /** Whether to say something although there is nothing new, so that both ends notice when the other has gone. */
    private volatile boolean beat;
    private volatile boolean owed;
    private volatile boolean closed;
    /** When the write began that is under way, by {@link System#nanoTime}, or 0. */
    private volatile long writing;

    Outlet(SseClient client) {
        this.client = client;
        this.line = Request.getBaseRequest(client.ctx().req()).getHttpChannel().getEndPoint();
        client.keepAlive();
        client.onClose(() -> closed = true);
        try {
            client.ctx().res().getOutputStream().write(RETRY);
        } catch (IOException e) {
            closed = true;
        }
    }

    /** @return whether a thread is to be lent to it; one that is at work already looks again before it goes */
    final boolean begin() {
        return !closed && state.getAndUpdate(now -> now == IDLE ? BUSY : MORE) == IDLE;
    }

    /** No thread could be lent; the next look tries again. */
    final void later() {
        owed = true;
        state.set(IDLE);
    }

    /** @return whether it is to be woken for its own sake: nobody could send what it had, or its time to say something has come */
    final boolean due(long step, int everySteps) {
        if ((step + System.identityHashCode(this)) % everySteps == 0) {
            beat = true;
            return true;
        }
        return owed;
    }

    @Override
    public final void run() {
        do {
            state.set(BUSY);
            owed = false;
            try {
                if (beat) {
                    beat = false;
                    write(() -> client.sendComment(""));
                }
                if (!closed) {
                    send();
                }
            } catch (RuntimeException e) {
                close();
            }
        } while (!state.compareAndSet(BUSY, IDLE) && !closed);
    }

    /** Sends all that is new. */
    abstract void send();

    final void send(String event, String data, String id) {
        write(() -> client.sendEvent(event, data, id));
        if (client.terminated()) {
            closed = true;
        }
    }

    private void write(Runnable part) {
        writing = System.nanoTime() | 1;
        try {
            part.run();
        } finally {
            writing = 0;
        }
    }

    /** Hangs up on a reader who has not taken one event in so long, which frees the thread; an honest one comes back and goes on where it was. */
    final void dropAfter(long nanos) {
        long began = writing;
        if (began != 0 && System.nanoTime() - began > nanos) {
            line.close();
        }
    }

    final boolean closed() {
        return closed || client.terminated();
    }

    final void close() {
        closed = true;
        client.close();
    }
}
