package bgjob.support;

/** A real pseudo-terminal with a program in it, by util-linux's script(1). */
public final class Pty {
    /** What Ctrl+C sends. */
    public static final String CTRL_C = "\u0003";

    private final CliRun.Live script;

    private Pty(CliRun.Live script) {
        this.script = script;
    }

    /** Starts a shell command in a terminal; the shell leads a session that the terminal controls. */
    public static Pty open(JobHome home, String command) {
        return new Pty(home.command(Tool.need("script"), "-q", "-e", "-f", "-c", command, "/dev/null").env("SHELL", "/bin/bash")
                .open()
                .exitsAnyhow().start());
    }

    /** Presses keys. */
    public void type(String keys) {
        script.type(keys);
    }

    /** @return what is on the screen so far, with carriage returns */
    public String screen() {
        return script.out();
    }

    public Pty shows(String text) {
        script.says(text);
        return this;
    }

    /** @return what script(1) printed and its exit status, which is the command's */
    public CliRun.Result await() {
        return script.await();
    }

    /** Takes the terminal away: its far end is closed, and the kernel sends HUP to the session. */
    public void hangUp() {
        script.process().signal("KILL");
        script.process().awaitEnd();
    }
}
