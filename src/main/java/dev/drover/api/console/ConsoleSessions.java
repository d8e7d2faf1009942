package dev.drover.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Sessions;
import dev.drover.core.access.WaysIn;
import dev.drover.core.id.SessionId;
import dev.drover.core.id.Spelling;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Logins at a browser: a cookie that no script can read, and for scripts tokens that are over soon. */
public final class ConsoleSessions {
    private static final ConsoleDoor.Cookie COOKIE =
            new ConsoleDoor.Cookie("drover_session", "/api/v1/session", "Strict");

    private final Sessions sessions;
    private final WaysIn ways;
    private final @Nullable String provider;
    private final ConsoleDoor door;

    /**
     * Over the rooms of access.
     *
     * @param provider how people call the provider of identities; null without one
     * @param publicUrl where browsers find this server; null for where they say that they do
     */
    public ConsoleSessions(Sessions sessions, WaysIn ways, @Nullable String provider, @Nullable URI publicUrl) {
        this.sessions = sessions;
        this.ways = ways;
        this.provider = provider;
        this.door = new ConsoleDoor(publicUrl);
    }

    public Operation ways() {
        return Operation.of("Tell how people can log in", this::ways).answers(200, Ways.class);
    }

    private Answer ways(Call call) {
        return Answer.ok(new Ways(
                        ways.setup().isCompleted(),
                        ways.setup().awaited(),
                        !call.isNearby(),
                        true,
                        ways.mail().isOn(),
                        provider == null ? null : new Provider(provider)))
                .with("Cache-Control", "no-store");
    }

    public Operation open() {
        return Operation.of("Log in at a browser, by user name and password or by a mailed code", this::open)
                .takes(Wish.class)
                .answers(201, ConsoleSession.class)
                .refuses(400, 401, 403, 413, 429);
    }

    private Answer open(Call call) {
        door.refuseForeign(call);
        Fields fields = call.fields();
        return opened(
                call,
                201,
                fields.has("email")
                        ? sessions.byCode(needed(fields, "email"), needed(fields, "code"), door.visitor(call))
                        : sessions.byPassword(
                                needed(fields, "username"), needed(fields, "password"), door.visitor(call)));
    }

    static String needed(Fields fields, String name) {
        String value = fields.text(name);
        if (value == null) {
            throw new Refused(new Problem.Invalid(name, "is missing; it must be a string"));
        }
        return value;
    }

    public Operation refresh() {
        return Operation.of("Get a new token for the session of the cookie", this::refresh)
                .header("X-Drover-Console", String.class, "must be 1")
                .answers(200, ConsoleSession.class)
                .refuses(401, 403);
    }

    private Answer refresh(Call call) {
        return opened(call, 200, sessions.refresh(secret(call), door.visitor(call)));
    }

    /** Of a request that nobody but our own pages can have made. */
    private String secret(Call call) {
        door.refuseUnlessConsole(call);
        return door.cookie(call, COOKIE.name())
                .orElseThrow(() -> new Refused(new Problem.Unauthenticated("there is no session; log in")));
    }

    private Answer opened(Call call, int status, Sessions.Opened opened) {
        return Answer.json(status, ConsoleSession.of(opened))
                .with("Set-Cookie", cookie(door, call, opened))
                .with("Cache-Control", "no-store");
    }

    static String cookie(ConsoleDoor door, Call call, Sessions.Opened opened) {
        return door.setCookie(call, COOKIE, opened.secret(), Sessions.LASTS);
    }

    public Operation close() {
        return Operation.of("Log out: the session of the cookie is over", this::close)
                .header("X-Drover-Console", String.class, "must be 1")
                .answersType(204, "")
                .refuses(401, 403);
    }

    private Answer close(Call call) {
        sessions.end(secret(call));
        return Answer.noContent().with("Set-Cookie", door.setCookie(call, COOKIE, "", Duration.ZERO));
    }

    public Operation list() {
        return Operation.of("List the caller's own logins at browsers, last used first", this::list)
                .answers(200, ConsoleSession.Listed.class);
    }

    private Answer list(Call call) {
        return Answer.ok(new ConsoleSession.Listed(sessions.list(call.caller()).stream()
                .map(ConsoleSession.Item::of)
                .toList()));
    }

    public Operation end() {
        return Operation.of("End one of the caller's own logins at browsers", this::end)
                .answersType(204, "")
                .refuses(404);
    }

    private Answer end(Call call) {
        String id = call.path("id");
        if (!Spelling.isUuid(id)) {
            throw new Refused(new Problem.NotFound(Problem.Thing.LOGIN_SESSION, id));
        }
        sessions.end(call.caller(), new SessionId(UUID.fromString(id)));
        return Answer.noContent();
    }

    /** Whether the setup is done, else for whom and whether it needs its token from the caller; and the ways in. */
    record Ways(
            boolean setupCompleted,
            @Nullable String setupUser,
            boolean setupTokenNeeded,
            boolean password,
            boolean email,
            @Nullable Provider oidc) {}

    record Provider(String name) {}

    /** Either the first two or the last two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wish(
            @Nullable String username,
            @Nullable String password,
            @Nullable String email,
            @Nullable String code) {}
}
