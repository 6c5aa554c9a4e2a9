package bgjob.backend.slurm;

import bgjob.process.Commands;
import java.util.ArrayList;
import java.util.List;

/** What sacct remembers of a job that the controller has forgotten: from the accounting database, or the completion file where there is none. */
final class Accounting {
    private static final long MOST_MILLIS = 30_000;

    private boolean database = true;
    private boolean completion = true;
    private String silence;

    /** @return what is remembered, or null when nothing is, or {@link #silence} says why nobody answered */
    synchronized Row row(String id) {
        silence = null;
        if (database) {
            Commands.Result result = sacct(id, List.of());
            if (result.exit() == 0) {
                return find(id, result.output());
            }
            database = !result.output().contains("disabled");
            if (database) {
                silence = Controller.sentence(result);
                return null;
            }
        }
        if (completion) {
            Commands.Result result = sacct(id, List.of("-c"));
            completion = result.exit() == 0;
            return completion ? find(id, result.output()) : null;
        }
        return null;
    }

    /** @return why the last call got no answer, or null */
    synchronized String silence() {
        return silence;
    }

    private static Commands.Result sacct(String id, List<String> options) {
        List<String> command = new ArrayList<>(List.of("sacct"));
        command.addAll(options);
        command.addAll(List.of("-n", "-P", "-X", "-j", id, "-o", "jobid,state,exitcode,nodelist,jobname"));
        return Commands.run(command, MOST_MILLIS);
    }

    /** The last line for the job counts: one that was put back into the queue has several. */
    static Row find(String id, String output) {
        Row found = null;
        for (String line : output.split("\n")) {
            String[] cells = line.split("\\|", 5);
            if (cells.length == 5 && cells[0].equals(id)) {
                int blank = cells[1].indexOf(' '); // CANCELLED by 1000
                String state = blank < 0 ? cells[1] : cells[1].substring(0, blank);
                int colon = cells[2].indexOf(':');
                int code = colon < 0 ? 0 : number(cells[2].substring(0, colon)) << 8 | number(cells[2].substring(colon + 1));
                found = new Row(id, state, blank < 0 ? null : cells[1].substring(blank + 1), cells[3].isEmpty() ? null : cells[3], code, 0, cells[4]);
            }
        }
        return found;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text) & 255;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
