package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.AgentId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** Pictures of agents, which everybody may see, and the words that say what they show. */
public final class Avatars {
    private static final int LONGEST_IDENTITY = 4_000;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final AvatarStore store;
    private final Clock clock;

    public Avatars(AvatarStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public Optional<Avatar> of(Reached agent) {
        return store.find(agent.id());
    }

    /** What the template of a new agent says that its picture shows. */
    public void begin(AgentId agent, String identity) {
        store.identity(agent, identity, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    public Avatar describe(Reached agent, String identity) {
        String text = identity.strip();
        if (text.isEmpty() || text.length() > LONGEST_IDENTITY) {
            throw new Refused(new Problem.Unacceptable(
                    "identity_prompt must have 1 to " + LONGEST_IDENTITY + " characters, but has " + text.length()));
        }
        store.identity(agent.id(), text, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return of(agent).orElseThrow();
    }

    /** Keeps a picture, whose own first bytes say what it is. */
    public Avatar show(Reached agent, byte[] bytes) {
        Avatar.Picture picture = new Avatar.Picture(type(bytes), bytes);
        store.picture(agent.id(), picture, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return of(agent).orElseThrow();
    }

    /** Empty for an agent that nobody knows, too. */
    public Optional<Avatar.Picture> picture(String name) {
        return store.picture(name);
    }

    private static String type(byte[] bytes) {
        if (bytes.length > PNG.length && Arrays.mismatch(bytes, PNG) == PNG.length) {
            return "image/png";
        }
        String head = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return "image/webp";
        }
        throw new Refused(new Problem.Unacceptable("The body is no picture: WebP and PNG are taken"));
    }
}
