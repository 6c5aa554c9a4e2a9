package bgjob.doctor;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at all that would make a job die or a record lie on this machine. The checks run side by side, each in a thread of its own, and
 * one that does not answer, since it asks a dead network mount, say, is given up.
 */
public final class Doctor {
    private static final long MOST_MILLIS = 8000;

    private final List<Check> checks = new ArrayList<>();

    /**
     * @param machine where to look
     * @param program this program
     * @param jobs opens the records; is called in a thread that may be given up
     */
    public Doctor(Machine machine, Program program, Supplier<Jobs> jobs) {
        Records records = new Records(jobs);
        checks.addAll(new LogoutChecks(machine).all());
        checks.addAll(new ShellChecks(machine, records).all());
        checks.addAll(new SystemChecks(machine, records).all());
        checks.addAll(new DirectoryChecks(machine, records).all());
        checks.addAll(new DiskChecks(machine, records).all());
        checks.addAll(new RecordChecks(records).all());
        checks.addAll(new JobChecks(records).all());
        checks.addAll(new ProgramChecks(machine, program).all());
    }

    Doctor(List<Check> checks) {
        this.checks.addAll(checks);
    }

    /** @return what each check found, in their order; none is left out */
    public List<Diagnosis> examine() {
        return examine(MOST_MILLIS);
    }

    List<Diagnosis> examine(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        Finding[] found = new Finding[checks.size()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            int n = i;
            Thread thread = new Thread(() -> {
                Finding finding = look(checks.get(n));
                synchronized (found) {
                    found[n] = finding;
                }
            }, "check " + checks.get(i).name());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        threads.forEach(thread -> join(thread, end));
        List<Diagnosis> diagnoses = new ArrayList<>();
        synchronized (found) {
            for (int i = 0; i < found.length; i++) {
                Finding finding = found[i] != null ? found[i] : Finding.warning("no answer within " + millis / 1000.0 + " s",
                        "see whether a network mount is dead, or the machine under load, and ask again");
                diagnoses.add(new Diagnosis(checks.get(i).name(), known(finding, diagnoses)));
            }
        }
        return diagnoses;
    }

    /** Where the records cannot be read, many checks cannot do their work; the first of them says why. */
    private static Finding known(Finding finding, List<Diagnosis> before) {
        for (Diagnosis diagnosis : before) {
            if (finding.grade() == Grade.PROBLEM && diagnosis.finding().fact().equals(finding.fact())) {
                return Finding.note("not looked at, for the same reason as " + diagnosis.check(), null);
            }
        }
        return finding;
    }

    private static Finding look(Check check) {
        try {
            return check.look().now();
        } catch (BgjobException e) {
            return Finding.problem(e.getMessage(), "see what stands there and put it right");
        } catch (Exception e) {
            return Finding.warning("cannot be told: " + e, null);
        }
    }

    private static void join(Thread thread, long end) {
        try {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left > 0) {
                thread.join(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
