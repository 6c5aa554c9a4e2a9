package bgjob.cli;

import bgjob.doctor.Diagnosis;
import bgjob.doctor.Finding;
import bgjob.doctor.Grade;
import bgjob.drill.Practice;
import bgjob.drill.Verdict;
import bgjob.job.ShellWords;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
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
            new JsonOutput(terminal).print(writer -> examined(writer, found));
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

    private static void examined(JsonWriter json, List<Diagnosis> found) throws IOException {
        Grade worst = Grade.OK;
        for (Diagnosis diagnosis : found) {
            worst = diagnosis.finding().grade().compareTo(worst) > 0 ? diagnosis.finding().grade() : worst;
        }
        json.beginObject().name("worst").value(worst.word()).name("checks").beginArray();
        for (Diagnosis diagnosis : found) {
            Finding finding = diagnosis.finding();
            json.beginObject().name("name").value(diagnosis.check()).name("result").value(finding.grade().word())
                    .name("fact").value(finding.fact()).name("advice").value(finding.advice()).endObject();
        }
        json.endArray().endObject();
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
            new JsonOutput(terminal).print(writer -> drilled(writer, done));
            return;
        }
        int[] counts = counts(done);
        terminal.println("\n" + counts[0] + " kept" + ", " + counts[1] + " BROKEN, " + counts[2] + " skipped");
    }

    private static void drilled(JsonWriter json, List<Practice> done) throws IOException {
        int[] counts = counts(done);
        json.beginObject().name("kept").value(counts[0]).name("broken").value(counts[1]).name("skipped").value(counts[2]).name("faults").beginArray();
        for (Practice practice : done) {
            json.beginObject().name("name").value(practice.name()).name("promise").value(practice.promise())
                    .name("result").value(practice.outcome().verdict().word()).name("outcome").value(practice.outcome().what()).endObject();
        }
        json.endArray().endObject();
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

    /** Writes one document. */
}
