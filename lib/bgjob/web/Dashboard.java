package bgjob.web;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.Kind;
import bgjob.json.Json;
import bgjob.json.WebJson;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jobs in a browser: a second door beside the CLI, on the same core. Jobs never depend on it. */
public final class Dashboard implements AutoCloseable {
    private static final long MOST_BODY = 64 << 10;
    private static final int MOST_PORT = 65_535;
    private static final int THREADS = 48;
    private static final int FEWEST_THREADS = 4;
    private static final int IDLE_THREAD_MILLIS = 500;

    private final Settings settings;
    private final Secrets secrets;
    private final Guard guard;
    private final Live live;
    private final Javalin server;

    /** @param directories the jobs of each directory on the page, at least one */
    public Dashboard(List<Jobs> directories, Settings settings) {
        this.settings = settings;
        Repos repos = new Repos(directories);
        Shelf shelf = new Shelf(repos);
        Actions actions = new Actions(repos, settings);
        this.secrets = Secrets.of(settings.environment());
        this.guard = new Guard(settings, secrets);
        this.live = new Live(repos);
        Pages pages = new Pages(repos, shelf, actions, guard);
        Api api = new Api(repos, shelf, actions, live);
        this.server = Javalin.create(config -> {
            configure(config);
            config.router.mount(routes -> {
                routes.before(guard::check);
                api.route(routes);
                pages.route(routes);
                routes.exception(Guard.Refusal.class, (refusal, ctx) -> answer(pages, ctx, refusal.status(), "refused", refusal.getMessage()));
                routes.exception(BgjobException.class, (e, ctx) -> answer(pages, ctx, status(e.kind()), word(e.kind()), e.getMessage()));
                routes.exception(HttpResponseException.class, (e, ctx) -> answer(pages, ctx, e.getStatus(), "http", sentence(e.getStatus(), ctx)));
                routes.exception(Exception.class, (e, ctx) -> answer(pages, ctx, 500, "internal", "internal error: " + e));
            });
        });
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.maxRequestSize = MOST_BODY;
        config.http.disableCompression();
        config.http.prefer405over404 = true;
        config.http.asyncTimeout = 0;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, FEWEST_THREADS, IDLE_THREAD_MILLIS);
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(false);
        });
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
    }

    /**
     * Begins to serve.
     *
     * @return the address to open, with the token in it
     * @throws BgjobException when the port is taken, or the address is none of this machine's
     */
    public String start() {
        try {
            server.start(settings.host(), settings.port());
        } catch (JavalinBindException e) {
            live.close();
            throw BgjobException.failed(ours(settings.host())
                    ? "port " + settings.port() + " of " + settings.host() + " is taken, or not for us; choose another: bgjob web --port "
                            + (settings.port() % MOST_PORT + 1) + ", or --port 0 for any that is free"
                    : "this machine has no address " + settings.host() + "; `ip addr` lists those that it has, and without --host the dashboard is for it alone");
        } catch (RuntimeException e) {
            live.close();
            throw BgjobException.failed("cannot listen on " + settings.host() + " port " + settings.port() + ": " + e.getMessage());
        }
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return "http://" + (host.equals("0.0.0.0") || host.equals("[::]") ? "127.0.0.1" : host) + ":" + server.port() + "/?token=" + secrets.token();
    }

    private static boolean ours(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        live.close();
        server.stop();
    }

    private static void answer(Pages pages, Context ctx, int status, String error, String detail) {
        ctx.status(status);
        if (ctx.path().startsWith("/api/")) {
            ctx.contentType("application/json").result(Json.text(WebJson.problem(status, error, detail)));
        } else {
            pages.problem(ctx, status, detail);
        }
    }

    private static int status(Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> 404;
            case USAGE -> 400;
            case FAILED, CANNOT_TELL -> 409;
            case TIME_OUT -> 504;
        };
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> "not_found";
            case USAGE -> "bad_request";
            case FAILED -> "failed";
            case TIME_OUT -> "time_out";
            case CANNOT_TELL -> "cannot_tell";
        };
    }

    private static String sentence(int status, Context ctx) {
        return switch (status) {
            case 404 -> "there is nothing at " + ctx.path();
            case 405 -> ctx.method() + " is not what " + ctx.path() + " is for";
            case 413 -> "the body is longer than " + MOST_BODY + " bytes";
            default -> "the request could not be served";
        };
    }
}
