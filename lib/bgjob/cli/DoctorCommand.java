package bgjob.cli;

import bgjob.doctor.Diagnosis;
import bgjob.doctor.Doctor;
import bgjob.doctor.Grade;
import bgjob.doctor.Machine;
import bgjob.doctor.Program;
import bgjob.drill.Drill;
import bgjob.drill.Practice;
import bgjob.drill.Verdict;
import bgjob.install.Installation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: what would make a job die or a record lie here. */
@Command(name = "doctor", description = "Look at what would make a job die or a record lie on this machine, and say what to do about it."
        + " Nothing is changed. With --drill, do to real jobs in a scratch directory what may happen to them, and see whether each"
        + " promise is kept.",
        exitCodeList = {"0:nothing worse than notes was found; with --drill, no promise was broken",
                "1:a warning or a problem was found; with --drill, a promise was broken",
            "2:the command line makes no sense"},
        footer = {"  bgjob doctor", "  bgjob doctor --json", "  bgjob doctor --drill"})
final class DoctorCommand extends Verb {
    @Option(names = "--drill", description = "Kill, hold, damage and cut off real jobs in a scratch directory of their own, which is removed"
            + " afterwards, and print promise and outcome of each fault.")
    boolean drill;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    DoctorCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new DoctorCommand(surroundings);
    }

    @Override
    public Integer call() {
        return (drill ? drilled() : examined()) ? ExitCode.DONE.number() : ExitCode.NOT_DONE.number();
    }

    private boolean examined() {
        Machine machine = new Machine("", surroundings().environment(), surroundings().user());
        Program program = Program.running(Installation.of(surroundings().environment()));
        List<Diagnosis> found = new Doctor(machine, program, this::jobs).examine();
        new DoctorReport(terminal()).examined(found, json);
        return found.stream().allMatch(diagnosis -> diagnosis.finding().grade().compareTo(Grade.WARNING) < 0);
    }

    private boolean drilled() {
        DoctorReport report = new DoctorReport(terminal());
        List<Practice> done = new Drill(surroundings().opener()::open, surroundings().environment()).run(json ? practice -> { }
                : report::practised);
        report.drilled(done, json);
        return done.stream().noneMatch(practice -> practice.outcome().verdict() == Verdict.BROKEN);
    }
}
