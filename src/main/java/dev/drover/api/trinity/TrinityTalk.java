package dev.drover.api.trinity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Socket;
import dev.drover.api.http.SocketTalk;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Audience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One open socket of the Trinity dialect. Its credential is judged again before each event that it would get and every
 * few seconds besides; when it is good no more the socket is closed.
 */
final class TrinityTalk implements SocketTalk {
    private static final int UNAUTHENTICATED = 4001;
    private static final Pattern HELLO = Pattern.compile("(?i)(?:bearer|token) +(\\S+)\\s*");
    private static final Duration HELLO_WITHIN = Duration.ofSeconds(5);
    private static final Duration JUDGED_EVERY = Duration.ofSeconds(3);

    private final TrinitySockets house;
    private final boolean ofEvents;
    private final long openedAt = System.nanoTime();
    private volatile @Nullable Identified who;
    private volatile @Nullable Socket socket;
    private long judgedAt = openedAt;

    /** @param ofEvents whether it is {@code /ws/events} */
    TrinityTalk(TrinitySockets house, boolean ofEvents, @Nullable Identified who) {
        this.house = house;
        this.ofEvents = ofEvents;
        this.who = who;
    }

    /** Who listens, and by which credential. */
    record Identified(String credential, Caller caller) {}

    @Override
    public void opened(Socket opened) {
        socket = opened;
        if (who != null) {
            welcome(opened, who);
        }
    }

    private void welcome(Socket to, Identified guest) {
        if (ofEvents) {
            to.say(() -> JsonCodec.line(new Connected(
                    "connected",
                    guest.caller().user().name(),
                    house.accessible(guest.caller()),
                    "Listening for agent events")));
        }
        house.news().add(this);
    }

    @Override
    public void said(String text) {
        Socket to = socket;
        Identified guest = who;
        if (to == null) {
            return;
        }
        if (guest == null) {
            hello(to, text);
        } else if (ofEvents) {
            answer(to, guest, text.strip());
        } else if (isPing(text)) {
            to.say(JsonCodec.line(Map.of("type", "pong")));
        }
    }

    private void hello(Socket to, String text) {
        Matcher credential = HELLO.matcher(text);
        Identified guest = credential.matches() ? house.identify(credential.group(1)) : null;
        if (guest == null) {
            to.close(UNAUTHENTICATED, "Could not validate credentials");
            return;
        }
        to.say(JsonCodec.line(
                new Authenticated("authenticated", guest.caller().user().name())));
        who = guest;
        welcome(to, guest);
    }

    private void answer(Socket to, Identified guest, String text) {
        if (text.equals("ping")) {
            to.say("pong");
        } else if (text.equals("refresh")) {
            to.say(() -> JsonCodec.line(new Refreshed("refreshed", house.accessible(guest.caller()))));
        }
    }

    private static boolean isPing(String text) {
        JsonNode message = JsonCodec.tolerant(text);
        return message.path("type").asText().equals("ping");
    }

    /** Something happened that those in the audience may know. */
    void tell(String text, Audience audience, boolean forBoth) {
        Socket to = socket;
        Identified guest = who;
        if (to == null || guest == null || (ofEvents && !forBoth) || !audience.includes(guest.caller())) {
            return;
        }
        to.say(() -> {
            Identified now = judged(to);
            return now != null && audience.includes(now.caller()) ? text : null;
        });
    }

    @Override
    public void waited() {
        Socket to = socket;
        if (to == null) {
            return;
        }
        if (who == null && System.nanoTime() - openedAt > HELLO_WITHIN.toNanos()) {
            to.close(UNAUTHENTICATED, "Not authenticated");
        } else if (who != null && System.nanoTime() - judgedAt > JUDGED_EVERY.toNanos()) {
            var _ = judged(to);
        }
    }

    /** Who it is by the credential now; null, and the socket is closed, when it is good no more. */
    private @Nullable Identified judged(Socket to) {
        Identified guest = who;
        if (guest == null) {
            return null;
        }
        judgedAt = System.nanoTime();
        try {
            Identified now = house.identify(guest.credential());
            who = now == null ? guest : now;
            if (now == null) {
                house.news().remove(this);
                to.close(UNAUTHENTICATED, "Could not validate credentials");
            }
            return now;
        } catch (Refused away) {
            // Nobody can judge while the database is away; what comes meanwhile is told to nobody.
            return null;
        }
    }

    @Override
    public void closed() {
        house.news().remove(this);
    }

    /** Whether a refusal says that a credential is not good, rather than that nobody knows. */
    static boolean isVerdict(Refused refusal) {
        return refusal.problem() instanceof Problem.Unauthenticated
                || refusal.problem() instanceof Problem.MissingScope;
    }

    record Authenticated(String type, String user) {}

    record Connected(String type, String user, List<String> accessibleAgents, String message) {}

    record Refreshed(String type, List<String> accessibleAgents) {}
}
