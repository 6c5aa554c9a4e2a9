package fuzz;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import com.google.gson.JsonElement;
import fuzz.Caller.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** A place for real jobs in which every call of the program is judged. */
final class Place implements AfterEachCallback, TestExecutionExceptionHandler {
    final JobHome home;
    final Caller caller;

    Place(JobHome home) {
        this.home = home;
        this.caller = new Caller(home);
    }

    /** @return what a call did, which is nothing that it must never do */
    Outcome call(String... words) {
        return Judge.judged(caller.call(List.of(words)), "");
    }

    /** @return what a call did that had to end so */
    Outcome exits(int status, String... words) {
        Outcome outcome = call(words);
        if (outcome.status() != status) {
            throw new AssertionError("exit status " + outcome.status() + " instead of " + status + World.said(outcome));
        }
        return outcome;
    }

    JsonElement json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(all.contains("--") ? all.indexOf("--") : all.size(), "--json");
        return Judge.json(exits(0, all.toArray(new String[0])).text());
    }

    /** Starts a job that runs shell text. */
    JobRecord start(String label, String text) {
        return home.job(json("run", label, "--", "sh", "-c", text).getAsJsonObject().get("id").getAsString());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        home.handleTestExecutionException(context, failure);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        caller.close();
        home.afterEach(context);
    }
}
