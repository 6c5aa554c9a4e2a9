package bgjob.web;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Who may come in: a request must name this server as its host, come from a page of this server or from no page at all, and
 * carry the cookie or the token. Pages of other servers thus neither read nor do anything, also by a name that they let point here.
 */
final class Guard {
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final int MAX_AGE = 30 * 86_400;

    private final Settings settings;
    private final Secrets secrets;

    Guard(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /** Before all else; throws {@link Refusal} where the caller may not come in. */
    void check(Context ctx) {
        harden(ctx);
        String host = ctx.header("Host");
        if (host == null || !known(host)) {
            throw new Refusal(403, "this server is not '" + host + "'; open the address that bgjob web printed");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            throw new Refusal(403, "a page of '" + origin + "' has no business here");
        }
        String bearer = ctx.header("Authorization");
        boolean script = bearer != null && bearer.startsWith("Bearer ") && secrets.isToken(bearer.substring(7));
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none") && !(HARMLESS.contains(ctx.method().name()) && isPage(ctx))) {
            throw new Refusal(403, "a page of another site has no business here");
        }
        if (ctx.path().equals("/") && ctx.queryParam("token") != null) {
            return; // enters by the token itself
        }
        if (ctx.header("Transfer-Encoding") != null) {
            throw new Refusal(411, "a body has to say how long it is, by Content-Length");
        }
        if (script || ctx.path().startsWith("/assets/") && HARMLESS.contains(ctx.method().name())) {
            return; // what pages are made of is no secret, and the page that refuses needs it
        }
        if (!secrets.isSession(ctx.cookie(cookie(ctx)))) {
            throw new Refusal(401, "open the address that bgjob web printed, with the token in it; scripts send it as Authorization: Bearer TOKEN");
        }
        if (!HARMLESS.contains(ctx.method().name()) && origin == null && site == null) {
            throw new Refusal(403, "a request that changes something has to say by Origin which page it comes from");
        }
    }

    /** Turns the token in the address into a cookie and the address into one without. */
    void enter(Context ctx) {
        if (!secrets.isToken(ctx.queryParam("token"))) {
            throw new Refusal(401, "that token is not of this run of bgjob web; open the address that it printed when it started");
        }
        ctx.header("Set-Cookie", cookie(ctx) + "=" + secrets.session() + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + MAX_AGE);
        ctx.status(303).header("Location", "/");
    }

    /** Cookies are shared by all ports of a host, so each server has one of its own. */
    private static String cookie(Context ctx) {
        return "bgjob_" + ctx.port();
    }

    private static boolean isPage(Context ctx) {
        return "navigate".equals(ctx.header("Sec-Fetch-Mode"));
    }

    private static void harden(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "same-origin"); // with none, browsers call a form's origin null
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Cache-Control", "no-store");
    }

    /** Loopback by its names; with leave to serve others also any number, which no foreign name can point here, and this machine's name. */
    private boolean known(String header) {
        int colon = header.lastIndexOf(':');
        boolean port = colon > header.lastIndexOf(']');
        String host = (port ? header.substring(0, colon) : header).toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]")) {
            return true;
        }
        if (!settings.remote()) {
            return false;
        }
        return host.equals(settings.host().toLowerCase(Locale.ROOT)) || isNumber(host) || host.equals(ownName());
    }

    private static boolean isNumber(String host) {
        boolean six = host.startsWith("[") && host.endsWith("]");
        String allowed = six ? "[]:.0123456789abcdef" : ".0123456789";
        return !host.isEmpty() && host.chars().allMatch(c -> allowed.indexOf(c) >= 0);
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** Why somebody is not let in. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refusal(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
