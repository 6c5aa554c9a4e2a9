package bgjob.json;

import bgjob.job.BgjobException;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A JSON object that somebody sent; what is in it is checked as it is read. */
public final class Request {
    private final JsonObject object;

    private Request(JsonObject object) {
        this.object = object;
    }

    /**
     * @param text one JSON object (RFC 8259)
     * @param known the names that may be in it
     * @throws BgjobException of kind USAGE when it is anything else, or another name is in it
     */
    public static Request read(String text, Set<String> known) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            if (reader.peek() == JsonToken.END_DOCUMENT && json.isJsonObject()) {
                for (String name : json.getAsJsonObject().keySet()) {
                    if (!known.contains(name)) {
                        throw BgjobException.usage("there is no field '" + name + "'; known are: " + String.join(", ", known));
                    }
                }
                return new Request(json.getAsJsonObject());
            }
        } catch (JsonParseException | IOException | IllegalStateException e) {
            // said below
        }
        throw BgjobException.usage("the body is no JSON object");
    }

    private JsonElement get(String name) {
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    /** @return a text, or null without one */
    public String text(String name) {
        JsonElement value = get(name);
        if (value != null && !(value.isJsonPrimitive() && value.getAsJsonPrimitive().isString())) {
            throw BgjobException.usage("'" + name + "' is no string");
        }
        return value == null ? null : value.getAsString();
    }

    /** @return texts, or null without them */
    public List<String> texts(String name) {
        JsonElement value = get(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonElement one : value.isJsonArray() ? value.getAsJsonArray() : List.<JsonElement>of()) {
            if (one.isJsonPrimitive() && one.getAsJsonPrimitive().isString()) {
                texts.add(one.getAsString());
            }
        }
        if (!value.isJsonArray() || texts.size() != value.getAsJsonArray().size()) {
            throw BgjobException.usage("'" + name + "' is no array of strings");
        }
        return texts;
    }

    /** @return a number or a string as it is spelled, or null without one */
    public String word(String name) {
        JsonElement value = get(name);
        if (value != null && (!value.isJsonPrimitive() || value.getAsJsonPrimitive().isBoolean())) {
            throw BgjobException.usage("'" + name + "' is neither a string nor a number");
        }
        return value == null ? null : value.getAsString();
    }

    /** @return a truth; false without one */
    public boolean flag(String name) {
        JsonElement value = get(name);
        if (value != null && !(value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean())) {
            throw BgjobException.usage("'" + name + "' is neither true nor false");
        }
        return value != null && value.getAsBoolean();
    }
}
