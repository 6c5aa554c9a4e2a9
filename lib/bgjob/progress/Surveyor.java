package bgjob.progress;

import bgjob.job.Progress;
import java.util.List;
import java.util.function.Supplier;

/** Says how far a job is: by its own word, else by its log, else by what its label took before. */
public final class Surveyor {
    private Surveyor() {
    }

    /**
     * @param file what the job writes to as {@code $BGJOB_PROGRESS}; it need not exist
     * @param log its log
     * @param elapsed milliseconds since it started, or -1
     * @param goesOn whether it goes on with what another job began
     * @param earlier durations of earlier jobs in milliseconds; asked for only when nothing else tells
     * @return how far it is, or null when nothing tells
     */
    public static Progress running(String file, String log, long elapsed, boolean goesOn, Supplier<List<Long>> earlier) {
        Progress said = ProgressFile.read(file, elapsed, goesOn);
        if (said != null && (said.percent() != null || said.current() != null)) {
            return said;
        }
        Progress read = LogProgress.read(log, elapsed);
        if (read == null) {
            read = said == null || said.phase() == null ? History.estimate(earlier.get(), elapsed) : null;
        }
        if (said == null || read == null) {
            return read == null ? said : read;
        }
        // the job names phases or failures and leaves the counting to its tools
        return new Progress(read.current(), read.total(), read.percent(), said.phase() == null ? read.phase() : said.phase(), read.item(),
                said.failed(), said.failedCount(), read.rate(), read.etaSeconds(), read.source());
    }

    /** @return how far a job came that has ended: what it said itself; or null when it said nothing */
    public static Progress ended(String file, long duration, boolean goesOn) {
        return ProgressFile.read(file, duration, goesOn);
    }
}
