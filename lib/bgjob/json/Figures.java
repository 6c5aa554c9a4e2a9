package bgjob.json;

import bgjob.core.JobResult;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a job left as its result, for people: the figures in it by their names, or the text. */
public final class Figures {
    private static final int MOST = 60;

    private Figures() {
    }

    /** @return numbers, words and truths of a JSON object by their names, those of objects within it as {@code outer.inner}; or nothing */
    public static Map<String, String> of(JobResult.Result left) {
        Map<String, String> figures = new LinkedHashMap<>();
        JsonElement json = ResultContent.json(left);
        if (json != null && json.isJsonObject()) {
            add(figures, "", json);
        }
        return figures;
    }

    private static void add(Map<String, String> figures, String name, JsonElement value) {
        if (value.isJsonObject()) {
            for (Map.Entry<String, JsonElement> entry : value.getAsJsonObject().entrySet()) {
                add(figures, name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue());
            }
        } else if (figures.size() < MOST) {
            figures.put(name, value.isJsonPrimitive() ? value.getAsString() : value.toString());
        }
    }

    /** @return all of it as text, JSON laid out, or null when it is no text */
    public static String text(JobResult.Result left) {
        JsonElement json = ResultContent.json(left);
        return json == null ? ResultContent.text(left) : new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create().toJson(json);
    }
}
