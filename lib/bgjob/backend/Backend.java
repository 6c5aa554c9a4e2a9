package bgjob.backend;

import bgjob.job.Facts;
import bgjob.job.Survivor;
import java.util.List;

/** A place where jobs run. Logs and endings are files for every backend, so no method returns them. */
public interface Backend {
    /** @return the word for it in the meta and in JSON */
    String name();

    /** @return why no job can be started here, one sentence, or null when one can */
    String unavailable();

    /** @return the facts that the meta of a job started here needs beside those that every job has */
    Facts describe();

    /**
     * Whether jobs run on other machines, and wait before their leader begins: then {@link #submit} gets a job that is recorded, and
     * the leader only adds to its meta.
     */
    default boolean remote() {
        return false;
    }

    /**
     * Starts the job script of a claimed id; returns when its leader has recorded the job, or, where jobs are {@link #remote}, when
     * it is handed over.
     *
     * @param ref the claimed job; its facts are still empty, or those of its spec where jobs are remote, {@code option} among them
     * @param script the job script's path, absolute
     * @return what is known of the job by now, as its meta has it: {@code pid} and {@code pgid} where there are such; where jobs are
     *     remote, what has to be added to the meta
     * @throws bgjob.job.BgjobException when it did not come to be
     */
    Facts submit(BackendRef ref, String script);

    /** @return what is to be seen of each job, in the order asked; many at once, so that a remote system is asked once */
    List<Observation> observe(List<BackendRef> refs);

    /** @return the job's processes that live, the leader included */
    List<Survivor> members(BackendRef ref);

    /** @return why the caller must not signal the job, as the end of a sentence about it, or null when it may */
    String untouchable(BackendRef ref);

    /**
     * Signals every process of the job, those that left its group included, and no other process ever. KILL spares the leader
     * as long as that can end by itself, so that it records the ending.
     *
     * @param signal a signal's name without SIG
     * @throws bgjob.job.BgjobException when it must not or cannot be done
     */
    void signal(BackendRef ref, String signal);
}
