package bgjob.cli;

import java.util.List;
import java.util.function.Consumer;

/** Serves the dashboard; given by the wiring, as the command line knows nothing of it. */
@FunctionalInterface
public interface Site {
    /**
     * What was asked for.
     *
     * @param directories values of {@code --dir}; empty for the one that every verb takes without
     * @param host the address to listen on
     * @param port the port, 0 for any that is free
     * @param remote whether others than this machine may come
     */
    record Wish(List<String> directories, String host, int port, boolean remote) {
    }

    /**
     * Serves until the program is ended.
     *
     * @param opened is told the address to open, once it can be
     */
    void serve(Wish wish, Consumer<String> opened);
}
