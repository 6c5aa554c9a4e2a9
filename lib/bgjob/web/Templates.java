package bgjob.web;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Pages from templates; whatever is put into one is escaped. */
final class Templates {
    private final PebbleEngine engine;

    Templates() {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix("bgjob/web/site");
        loader.setSuffix(".html");
        engine = new PebbleEngine.Builder().loader(loader).autoEscaping(true).strictVariables(true).defaultLocale(Locale.ROOT)
                .cacheActive(true).build();
    }

    String page(String name, Map<String, Object> facts) {
        StringWriter page = new StringWriter();
        try {
            engine.getTemplate(name).evaluate(page, facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }
}
