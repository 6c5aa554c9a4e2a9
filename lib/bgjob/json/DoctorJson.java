package bgjob.json;

import bgjob.doctor.Diagnosis;
import bgjob.doctor.Finding;
import bgjob.doctor.Grade;
import bgjob.drill.Practice;
import bgjob.drill.Verdict;
import java.util.List;

/** What doctor found, and how its drill went, as JSON (docs/json.md). */
public final class DoctorJson {
    private DoctorJson() {
    }

    /** @return the checks, and the worst result among them */
    public static Json.Content examined(List<Diagnosis> found) {
        return json -> {
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
        };
    }

    /** @return the faults, and how many promises were kept */
    public static Json.Content drilled(List<Practice> done) {
        return json -> {
            json.beginObject().name("kept").value(count(done, Verdict.KEPT)).name("broken").value(count(done, Verdict.BROKEN))
                    .name("skipped").value(count(done, Verdict.SKIPPED)).name("faults").beginArray();
            for (Practice practice : done) {
                json.beginObject().name("name").value(practice.name()).name("promise").value(practice.promise())
                        .name("result").value(practice.outcome().verdict().word()).name("outcome").value(practice.outcome().what()).endObject();
            }
            json.endArray().endObject();
        };
    }

    private static int count(List<Practice> done, Verdict verdict) {
        int count = 0;
        for (Practice practice : done) {
            count += practice.outcome().verdict() == verdict ? 1 : 0;
        }
        return count;
    }
}
