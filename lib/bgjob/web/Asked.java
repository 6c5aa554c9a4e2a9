package bgjob.web;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobState;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.Set;

/** What a request asks for in its address, checked. */
final class Asked {
    private Asked() {
    }

    /** @return a parameter, or null where it is missing or empty */
    static String text(Context ctx, String name) {
        String value = ctx.queryParam(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** @throws BgjobException of kind USAGE, naming the parameter, its value and the accepted form */
    static long number(Context ctx, String name, long otherwise, long most) {
        String value = text(ctx, name);
        long n = value == null ? otherwise : Facts.parse(value);
        if (value != null && (n < 0 || n > most)) {
            throw BgjobException.usage(name + "=" + value + ": a number from 0 to " + most + " is needed");
        }
        return n;
    }

    /** @throws BgjobException of kind USAGE when it is neither true nor false */
    static boolean flag(Context ctx, String name) {
        String value = text(ctx, name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw BgjobException.usage(name + "=" + value + ": true or false is needed");
        }
        return "true".equals(value);
    }

    /** @return the states named by {@code status}, a comma between them; empty for all */
    static Set<JobState> states(Context ctx) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        String value = text(ctx, "status");
        for (String word : value == null ? new String[0] : value.split(",")) {
            JobState state = JobState.of(word.strip());
            if (state == null) {
                StringBuilder known = new StringBuilder();
                for (JobState one : JobState.values()) {
                    known.append(known.length() == 0 ? "" : ", ").append(one.word());
                }
                throw BgjobException.usage("status=" + word + ": there is no such state; known are " + known);
            }
            states.add(state);
        }
        return states;
    }
}
