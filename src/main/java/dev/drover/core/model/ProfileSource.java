package dev.drover.core.model;

import dev.drover.core.id.UserId;
import java.util.Optional;

/** More profiles than the server's own, made by its users: each is there for its user alone. */
@FunctionalInterface
public interface ProfileSource {
    ProfileSource NONE = (user, name) -> Optional.empty();

    /** The user's profile of that name; empty when there is none. */
    Optional<ModelProfile> named(UserId user, String name);
}
