package bgjob.cli;

import bgjob.job.BgjobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code web}: the dashboard. */
@Command(name = "web", description = {"Serve the dashboard: all jobs in a browser, to watch live, start, stop and run again. Open the address that it"
        + " prints; the token in it lets your browser in. Ctrl+C ends the dashboard, never a job.", "It is a program of its own: the first call fetches"
        + " its libraries from Maven Central, once."},
        exitCodeList = {"1:the port is taken, --dir is no directory, or the libraries could not be fetched",
            "2:the command line makes no sense", "130:ended by Ctrl+C"},
        footer = {"  bgjob web", "  bgjob web --open", "  bgjob web --port 0", "  bgjob web --dir ~/a/.logs --dir ~/b/.logs",
            "  bgjob web --host 0.0.0.0 --allow-remote"})
final class WebCommand extends Call {
    private static final int MOST_PORT = 65_535;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on, 8000 unless said otherwise; 0 for any that is free.")
    int port = 8000;

    @Option(names = "--open", description = "Open it in the browser.")
    boolean open;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on, 127.0.0.1 unless said otherwise. One that other machines"
            + " reach needs --allow-remote.")
    String host = "127.0.0.1";

    @Option(names = "--allow-remote", description = "Let other machines in, with the token. Whoever has it can run any command as you, and the"
            + " connection is not encrypted.")
    boolean remote;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the records are, as for other commands; may be repeated, for several"
            + " repositories on one page.")
    List<String> directories = new ArrayList<>();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    private WebCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new WebCommand(surroundings);
    }

    @Override
    boolean helpWanted() {
        return help;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > MOST_PORT) {
            throw BgjobException.usage("--port " + port + ": a number from 0 to " + MOST_PORT + " is needed");
        }
        boolean loopback = host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
        if (!loopback && !remote) {
            throw BgjobException.usage("--host " + host + " lets other machines in; say --allow-remote too if you mean that");
        }
        if (surroundings().site() == null) {
            throw BgjobException.failed("this copy of bgjob has come without its launcher, which starts the dashboard; use ./bgjob web in a checkout,"
                    + " or an installed bgjob: bgjob install");
        }
        surroundings().site().serve(new Site.Wish(directories, host, port, remote && !loopback), this::opened);
        return ExitCode.DONE.number();
    }

    private void opened(String address) {
        terminal().println("Dashboard: " + address);
        terminal().note("Ctrl+C ends it; jobs go on");
        if (open) {
            browse(address);
        }
    }

    private void browse(String address) {
        for (String browser : new String[] {"xdg-open", "open", "sensible-browser"}) {
            try {
                new ProcessBuilder(browser, address).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
                return;
            } catch (IOException e) {
                // not here
            }
        }
        terminal().note("found no program to open a browser with (xdg-open, open); open the address yourself");
    }
}
