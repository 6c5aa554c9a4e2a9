package bgjob.json;

import bgjob.core.JobResult;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a job left as its result is JSON, text, or neither; only the bytes tell. */
public final class ResultContent {
    private ResultContent() {
    }

    /** @return the result, or its beginning, as text, or null when it is none: no UTF-8, or with a NUL in it */
    public static String text(JobResult.Result left) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(left.bytes().length);
        boolean whole = left.size() == left.bytes().length;
        CoderResult end = decoder.decode(ByteBuffer.wrap(left.bytes()), text, whole); // a beginning may end within a character
        String read = text.flip().toString();
        return end.isError() || read.indexOf('\0') >= 0 ? null : read;
    }

    /** @return the result as JSON, or null when it is not one whole document (RFC 8259) */
    static JsonElement json(JobResult.Result left) {
        String text = left.size() == left.bytes().length ? text(left) : null;
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? json : null;
        } catch (JsonParseException | IOException | IllegalStateException e) {
            return null;
        }
    }

    /** Writes JSON as it is; the reader allows no deeper nesting than 255. */
    static void write(JsonWriter writer, JsonElement json) throws IOException {
        if (json == null || json.isJsonNull()) {
            writer.nullValue();
        } else if (json.isJsonArray()) {
            writer.beginArray();
            for (JsonElement element : json.getAsJsonArray()) {
                write(writer, element);
            }
            writer.endArray();
        } else if (json.isJsonObject()) {
            writer.beginObject();
            for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
                writer.name(entry.getKey());
                write(writer, entry.getValue());
            }
            writer.endObject();
        } else if (json.getAsJsonPrimitive().isString()) {
            writer.value(json.getAsString());
        } else if (json.getAsJsonPrimitive().isBoolean()) {
            writer.value(json.getAsBoolean());
        } else {
            writer.value(json.getAsNumber()); // as it was spelled
        }
    }
}
