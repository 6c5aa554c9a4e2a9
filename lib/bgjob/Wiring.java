package bgjob;

import bgjob.cli.Cli;
import bgjob.cli.Opener;
import bgjob.cli.Site;
import bgjob.cli.Surroundings;
import bgjob.cli.Terminal;
import bgjob.core.Jobs;
import java.io.File;

/** Puts the command line together; with {@link Composition} the only place that chooses concrete classes. */
public final class Wiring implements Opener {
    private final Composition composition = new Composition();

    /** @return the command line of this process */
    public Cli cli() {
        return cli(null);
    }

    /** @param site serves the dashboard, or null where this is not the script that does. @return the command line of this process */
    public Cli cli(Site site) {
        setRejectedArchiveAside();
        String tty = System.getProperty("bgjob.tty");
        boolean interactive = tty == null ? System.console() != null : tty.indexOf('1') >= 0;
        Terminal terminal = new Terminal(interactive, composition.environment().get("NO_COLOR"));
        return new Cli(new Surroundings(this, terminal, composition.environment(), composition.cwd(), composition.user(),
                System.getProperty("bgjob.called", "bgjob"), site));
    }

    @Override
    public Jobs open(String dir) {
        return composition.open(composition.directory(dir));
    }

    /** A start-up archive that the launcher gave and the JVM refused costs more than none; the next run does without. */
    private static void setRejectedArchiveAside() {
        String archive = System.getProperty("bgjob.archive");
        if (archive != null && !System.getProperty("java.vm.info", "sharing").contains("sharing")) {
            new File(archive).renameTo(new File(archive + ".failed"));
        }
    }
}
