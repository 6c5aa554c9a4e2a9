package bgjob.job;

import java.util.List;

/**
 * One job as it was when it was asked about: the record on disk and what the backend saw, put together. Nothing in it changes.
 *
 * @param id its name
 * @param state where it is in its life; null when bgjob cannot tell, and then {@code reason} says why
 * @param reason why it is in that state, one sentence, or null
 * @param exit how it ended, or null
 * @param pid the leader's process id, or -1
 * @param pgid the leader's process group, or -1
 * @param command the program and its arguments, secrets masked; empty when not recorded
 * @param cwd working directory, or null
 * @param user who started it, or null
 * @param host where it was started, or null
 * @param backend where it runs: local or slurm
 * @param parent the job that it runs again, or null
 * @param attempt the number of the attempt that is shown, from 1
 * @param times when
 * @param git the repository, or null outside of one
 * @param files its record
 * @param survivors processes left of it that live though its leader is gone, or has ended; empty when nobody looked
 * @param stopNote who asked bgjob to stop it and why, or null
 * @param progress how far it is, or null when that was not asked or nothing tells
 * @param leavings what else its record tells
 * @param standing how it stands among those that wait, or null when it had nothing to wait for
 */
public record Job(JobId id, JobState state, String reason, ExitStatus exit, long pid, long pgid, List<String> command, String cwd,
        String user, String host, String backend, String parent, int attempt, JobTimes times, GitInfo git, JobFiles files,
        List<Survivor> survivors, String stopNote, Progress progress, Leavings leavings, Standing standing) {

    /** Takes copies: a job as it was seen never changes. */
    public Job {
        command = List.copyOf(command);
        survivors = List.copyOf(survivors);
    }

    /** @return the same job with its progress */
    public Job with(Progress known) {
        return new Job(id, state, reason, exit, pid, pgid, command, cwd, user, host, backend, parent, attempt, times, git, files, survivors, stopNote,
                known, leavings, standing);
    }

    /** @return the same job with processes of it that live */
    public Job with(List<Survivor> living) {
        return new Job(id, state, reason, exit, pid, pgid, command, cwd, user, host, backend, parent, attempt, times, git, files, living, stopNote,
                progress, leavings, standing);
    }

    /** @return whether it has not ended: its leader lives, or waits to start */
    public boolean active() {
        return state == JobState.RUNNING || state == JobState.QUEUED || state == JobState.PAUSED && exit == null;
    }
}
