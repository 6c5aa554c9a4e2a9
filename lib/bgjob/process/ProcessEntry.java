package bgjob.process;

/**
 * One process of this machine, as the system's table shows it at one moment.
 *
 * @param pid process id
 * @param ppid its parent
 * @param pgid its process group
 * @param sid its session, or -1 where the system does not say
 * @param state the letter of ps(1): R running, S sleeping, T stopped, Z dead and not yet collected, …
 * @param startTime when it started, as {@code ticks:N} since boot or {@code lstart:TEXT}; equal texts mean the same start
 */
public record ProcessEntry(long pid, long ppid, long pgid, long sid, char state, String startTime) {
    /** @return whether it is dead: a zombie runs nothing */
    public boolean dead() {
        return state == 'Z' || state == 'X';
    }

    /** @return whether a signal holds it */
    public boolean held() {
        return state == 'T';
    }
}
