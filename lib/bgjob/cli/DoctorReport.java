package bgjob.cli;

import bgjob.doctor.Diagnosis;
import bgjob.doctor.Finding;
import bgjob.doctor.Grade;
import bgjob.drill.Practice;
import bgjob.drill.Verdict;
import bgjob.job.ShellWords;
import bgjob.json.DoctorJson;
import java.util.List;

/** Prints what doctor found, for people or as JSON (docs/json.md). */
final class DoctorReport {
    private static final int WORD = 9;
    private static final int NAME = 14;
    private static final int FAULT = 19;

    private final Terminal terminal;

    DoctorReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void examined(List<Diagnosis> found, boolean json) {
        if (json) {
            new JsonOutput(terminal).print(DoctorJson.examined(found));
            return;
        }
        StringBuilder text = new StringBuilder();
        int[] counts = new int[Grade.values().length];
        for (Diagnosis diagnosis : found) {
            Finding finding = diagnosis.finding();
            counts[finding.grade().ordinal()]++;
            row(text, finding.grade().word(), colour(finding.grade()), diagnosis.check(), NAME, finding.fact());
            if (finding.advice() != null) {
                row(text, "", 0, "", NAME, "→ " + finding.advice());
            }
        }
        terminal.print(text + "\n" + counts[0] + " ok" + counted(counts[1], "note") + counted(counts[2], "warning") + counted(counts[3],
                "problem") + "\n");
    }

    /** One fault of the drill, as soon as it is over. */
    void practised(Practice practice) {
        StringBuilder text = new StringBuilder();
        row(text, practice.outcome().verdict().word(), colour(practice.outcome().verdict()), practice.name(), FAULT, practice.promise());
        row(text, "", 0, "", FAULT, "→ " + practice.outcome().what());
        terminal.print(text.toString());
    }

    void drilled(List<Practice> done, boolean json) {
        if (json) {
            new JsonOutput(terminal).print(DoctorJson.drilled(done));
            return;
        }
        int[] counts = counts(done);
        terminal.println("\n" + counts[0] + " kept" + ", " + counts[1] + " BROKEN, " + counts[2] + " skipped");
    }

    private static int[] counts(List<Practice> done) {
        int[] counts = new int[Verdict.values().length];
        done.forEach(practice -> counts[practice.outcome().verdict().ordinal()]++);
        return counts;
    }

    private void row(StringBuilder text, String word, int colour, String name, int width, String sentence) {
        text.append(colour == 0 ? word : terminal.paint(colour, word)).append(" ".repeat(WORD - word.length()));
        text.append(name).append(" ".repeat(Math.max(1, width - name.length()))).append(ShellWords.visible(sentence)).append('\n');
    }

    private static String counted(int n, String word) {
        return ", " + n + " " + word + (n == 1 ? "" : "s");
    }

    private static int colour(Grade grade) {
        return switch (grade) {
            case OK -> 32;
            case NOTE -> 36;
            case WARNING -> 33;
            case PROBLEM -> 31;
        };
    }

    private static int colour(Verdict verdict) {
        return switch (verdict) {
            case KEPT -> 32;
            case BROKEN -> 31;
            case SKIPPED -> 33;
        };
    }
}
