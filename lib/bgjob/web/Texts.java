package bgjob.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts that come with the program. */
final class Texts {
    private Texts() {
    }

    /** @return a file of the folder {@code site} */
    static String read(String name) {
        try (InputStream in = Texts.class.getResourceAsStream("site/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
