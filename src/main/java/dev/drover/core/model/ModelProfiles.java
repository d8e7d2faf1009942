package dev.drover.core.model;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The profiles this server offers, by name. */
public final class ModelProfiles {
    private final Map<String, ModelProfile> byName;

    public ModelProfiles(List<ModelProfile> profiles) {
        byName = profiles.stream().collect(Collectors.toUnmodifiableMap(ModelProfile::name, Function.identity()));
    }

    /** The profile of that name; refused when there is none. */
    public ModelProfile named(String name) {
        ModelProfile profile = byName.get(name);
        if (profile == null) {
            throw new Refused(new Problem.NotFound(Problem.Thing.MODEL_PROFILE, name));
        }
        return profile;
    }
}
