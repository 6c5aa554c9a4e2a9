package bgjob.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A real terminal whose screen can be looked at: tmux, with a server of its own in the test's home. */
public final class Tmux implements AutoCloseable {
    private final JobHome home;

    private Tmux(JobHome home) {
        this.home = home;
    }

    /** Opens a terminal of that size with a shell in it. */
    public static Tmux open(JobHome home, int columns, int rows) {
        Tool.need("bash");
        Tool.need("tmux");
        Tmux tmux = new Tmux(home);
        tmux.tmux("-f", "/dev/null", "new-session", "-d", "-x", Integer.toString(columns), "-y", Integer.toString(rows),
                "PS1='rea''dy> ' exec bash --norc --noprofile -i");
        return tmux.shows("ready>");
    }

    private String tmux(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Tool.need("tmux"), "-S", home.root().resolve("tmux").toString()));
        command.addAll(Arrays.asList(arguments));
        return home.command(command.toArray(new String[0])).run().out();
    }

    /** Types a line and presses Enter. */
    public void line(String text) {
        tmux("send-keys", "-l", text);
        tmux("send-keys", "Enter");
    }

    public void ctrlC() {
        tmux("send-keys", "C-c");
    }

    public void resize(int columns, int rows) {
        tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** @return the screen's lines as they are now, the empty ones at its end left out */
    public List<String> screen() {
        return tmux("capture-pane", "-p").stripTrailing().lines().toList();
    }

    /** @return one of tmux's variables */
    public String value(String name) {
        return tmux("display-message", "-p", "#{" + name + "}").strip();
    }

    public Tmux shows(String text) {
        Await.until("the screen shows '" + text + "'; it shows\n" + String.join("\n", screen()), () -> String.join("\n", screen()).contains(text));
        return this;
    }

    @Override
    public void close() {
        tmux("kill-server");
    }
}
