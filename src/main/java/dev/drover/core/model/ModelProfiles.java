package dev.drover.core.model;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The profiles this server offers, by name: its own to everybody, and to each user those of the source. */
public final class ModelProfiles {
    private final Map<String, ModelProfile> own;
    private final ProfileSource more;

    public ModelProfiles(List<ModelProfile> own, ProfileSource more) {
        this.own = own.stream().collect(Collectors.toUnmodifiableMap(ModelProfile::name, Function.identity()));
        this.more = more;
    }

    /** The server's own profile that agents get who name none. */
    public ModelProfile usual() {
        return Optional.ofNullable(own.get(ModelProfile.DEFAULT))
                .orElseThrow(() -> new IllegalStateException("there is no profile " + ModelProfile.DEFAULT));
    }

    /** The server's own, which everybody may use. */
    public List<ModelProfile> own() {
        return List.copyOf(own.values());
    }

    public boolean has(UserId user, String name) {
        return own.containsKey(name) || more.named(user, name).isPresent();
    }

    /** The profile of that name; refused when there is none for the user. */
    public ModelProfile named(UserId user, String name) {
        return Optional.ofNullable(own.get(name))
                .or(() -> more.named(user, name))
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.MODEL_PROFILE, name)));
    }
}
