package bgjob.web;

import bgjob.job.BgjobException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What pages are made of beside themselves: our own files, and libraries from their WebJars. Only what is named here is served. */
final class Assets {
    private static final String JARS = "/META-INF/resources/webjars/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private record Asset(String resource, String type) {
    }

    private static final Map<String, Asset> ALL = Map.ofEntries(
            Map.entry("pico.css", new Asset(JARS + "picocss__pico/2.1.1/css/pico.min.css", STYLE)),
            Map.entry("htmx.js", new Asset(JARS + "htmx.org/2.0.4/dist/htmx.min.js", SCRIPT)),
            Map.entry("chart.js", new Asset(JARS + "chart.js/4.5.1/dist/chart.umd.min.js", SCRIPT)),
            Map.entry("style.css", new Asset("/bgjob/web/site/style.css", STYLE)),
            Map.entry("theme.js", new Asset("/bgjob/web/site/theme.js", SCRIPT)),
            Map.entry("app.js", new Asset("/bgjob/web/site/app.js", SCRIPT)),
            Map.entry("ansi.js", new Asset("/bgjob/web/site/ansi.js", SCRIPT)),
            Map.entry("log.js", new Asset("/bgjob/web/site/log.js", SCRIPT)),
            Map.entry("stats.js", new Asset("/bgjob/web/site/stats.js", SCRIPT)),
            Map.entry("icon.svg", new Asset("/bgjob/web/site/icon.svg", "image/svg+xml")));

    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    /** Serves one; browsers keep it for the day, as its address holds the start of this run. */
    void serve(Context ctx) {
        Asset asset = ALL.get(ctx.pathParam("name"));
        if (asset == null) {
            throw BgjobException.notFound("there is no file '" + ctx.pathParam("name") + "' here");
        }
        ctx.header("Cache-Control", "private, max-age=86400").contentType(asset.type()).result(read.computeIfAbsent(asset.resource(), Assets::bytes));
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }
}
