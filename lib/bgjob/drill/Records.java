package bgjob.drill;

import bgjob.job.Job;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Makes records that bgjob has not written: copies of real ones, changed. */
final class Records {
    private static final Set<String> ENDING = Set.of("signal", "exit_doubt", "uptime_end", "ended", "exit");

    private Records() {
    }

    /** @return an id of that label from long ago, which no job has */
    static JobId old(String label) {
        return JobId.parse(label + "_20200101_000000");
    }

    /** @return the job as it is seen whose record is a copy, without the ending and with some facts changed */
    static Job withoutEnding(Site site, Job like, String label, Map<String, String> changes) throws IOException {
        StringBuilder meta = new StringBuilder();
        for (String line : site.read(like.files().meta()).split("\n")) {
            String key = line.substring(0, Math.max(0, line.indexOf('=')));
            if (!ENDING.contains(key)) {
                meta.append(changes.containsKey(key) ? key + "=" + changes.get(key) : line).append('\n');
            }
        }
        JobId id = old(label);
        write(site, id, meta.toString(), null);
        return site.jobs().inspect(id);
    }

    /** Writes a record; what is null is left out. */
    static void write(Site site, JobId id, String meta, String exit) throws IOException {
        JobFiles files = site.jobs().files(id);
        site.write(files.log(), "");
        if (meta != null) {
            site.write(files.meta(), meta);
        }
        if (exit != null) {
            site.write(files.exit(), exit);
        }
    }
}
