package bgjob.doctor;

import bgjob.core.Jobs;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.store.StoreReview;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The records that are asked about, looked at once for all checks; what one check waits for holds up those only that need it too. */
final class Records {
    private final Once<Jobs> jobs;
    private final Once<StoreReview> review = new Once<>(() -> StoreReview.of(directory()));
    private final Once<List<Job>> unended = new Once<>(this::look);

    Records(Supplier<Jobs> opener) {
        this.jobs = new Once<>(opener);
    }

    Jobs jobs() {
        return jobs.get();
    }

    /** @return the {@code .logs} directory, which need not exist */
    String directory() {
        return jobs().directory();
    }

    boolean exist() {
        return new File(directory()).isDirectory();
    }

    /** @return the directory, or the nearest one above it that exists */
    Path nearest() {
        Path path = Path.of(directory());
        while (path.getParent() != null && !new File(path.toString()).exists()) {
            path = path.getParent();
        }
        return path;
    }

    StoreReview review() {
        return review.get();
    }

    /** @return the jobs without an ending, and those whose ending looks damaged, newest first, as they are now */
    List<Job> unended() {
        return unended.get();
    }

    private List<Job> look() {
        List<Job> found = new ArrayList<>();
        for (JobId id : review().doubtful()) {
            found.add(jobs().inspect(id));
        }
        return found;
    }

    /** A value that is made when it is first asked for. */
    private static final class Once<T> {
        private final Supplier<T> source;
        private T value;

        Once(Supplier<T> source) {
            this.source = source;
        }

        synchronized T get() {
            if (value == null) {
                value = source.get();
            }
            return value;
        }
    }
}
