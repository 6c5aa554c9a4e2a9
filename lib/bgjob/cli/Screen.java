package bgjob.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.terminal.impl.exec.ExecPty;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.ShutdownHooks;
import org.jline.utils.Status;

/**
 * What is drawn on a terminal and drawn again: lines at its bottom, or all of it. The only home of JLine
 * (docs/decisions/0014-jline-for-live-displays.md), loaded by {@code follow --progress} and {@code list --watch} alone.
 */
final class Screen implements AutoCloseable {
    private final Terminal out;
    private final boolean full;
    private final ShutdownHooks.Task closer = this::close;
    private PosixSysTerminal tty;
    private Status status;
    private Display display;
    private Size size;
    private List<String> drawn = List.of();
    private boolean resized;
    private boolean open;

    private Screen(Terminal out, boolean full) {
        this.out = out;
        this.full = full;
    }

    /**
     * @param type the terminal's, from the environment variable TERM, or null
     * @param full whether to draw on all of the terminal, else at its bottom
     * @return the screen; null where standard output, or input, is no terminal that can place a cursor
     */
    static Screen open(Terminal out, String type, boolean full) {
        Screen screen = new Screen(out, full);
        return out.interactive() && type != null && !type.equals("dumb") && screen.begin(type) ? screen : null;
    }

    private boolean begin(String type) {
        ShutdownHooks.add(closer); // before JLine's own, which then finds the bar gone
        try {
            // by tty(1) and stty(1), and not by TerminalBuilder: that calls native code, of which Java 24 and later warn
            Pty pty = ExecPty.current(new ExecTerminalProvider(), SystemStream.Output);
            tty = new PosixSysTerminal("bgjob", type, pty, StandardCharsets.UTF_8, false, SignalHandler.SIG_DFL);
        } catch (IOException | IllegalStateException e) {
            ShutdownHooks.remove(closer);
            return false;
        }
        open = true;
        size = tty.getSize();
        if (size.getRows() < 3 || size.getColumns() < 20 || tty.getStringCapability(Capability.change_scroll_region) == null
                || tty.getStringCapability(Capability.cursor_address) == null) {
            close();
            return false;
        }
        tty.handle(Signal.WINCH, signal -> resized = true);
        if (full) {
            tty.puts(Capability.enter_ca_mode);
            tty.puts(Capability.cursor_invisible);
            display = new Display(tty, true);
            display.resize(size.getRows(), size.getColumns());
            display.clear(); // the cursor may be anywhere
        } else {
            status = Status.getStatus(tty);
        }
        return true;
    }

    /** @return columns of the terminal as it is now */
    int width() {
        synchronized (out) {
            if (resized && open) {
                resized = false;
                size = tty.getSize();
                drawn = List.of();
                if (full) {
                    display.resize(size.getRows(), size.getColumns());
                    display.clear();
                } else {
                    status.resize(size);
                    status.reset();
                }
            }
            return size.getColumns();
        }
    }

    /** @return rows of the terminal when it was last asked for its width */
    int height() {
        return size.getRows();
    }

    /** Draws these lines, unless they are there already or a character of the job's output is only half written. */
    void draw(List<String> lines) {
        width();
        synchronized (out) {
            if (!open || lines.equals(drawn) || !full && !out.settled()) {
                return;
            }
            List<AttributedString> shown = new ArrayList<>();
            for (String line : lines) {
                shown.add(AttributedString.fromAnsi(line).columnSubSequence(0, size.getColumns()));
            }
            if (full) {
                display.update(shown, 0);
            } else {
                status.update(shown);
            }
            tty.flush();
            drawn = lines;
        }
    }

    /** Leaves the terminal as it was found; done at the end, and at a signal. */
    @Override
    public void close() {
        synchronized (out) {
            if (!open) {
                return;
            }
            open = false;
            try {
                if (full && display != null) {
                    tty.puts(Capability.exit_ca_mode);
                    tty.puts(Capability.cursor_normal);
                } else if (status != null) {
                    status.hide();
                }
                tty.flush();
                tty.close();
            } catch (IOException e) {
                // the terminal has gone, and with it what was to be tidied
            }
        }
        ShutdownHooks.remove(closer);
    }
}
