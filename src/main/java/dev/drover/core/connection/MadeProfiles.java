package dev.drover.core.connection;

import dev.drover.core.model.ModelMaker;
import dev.drover.core.model.ModelProfile;
import java.util.LinkedHashMap;
import java.util.Map;

/** Profiles that were made, kept until their connection changes; of many, those asked for last. */
final class MadeProfiles {
    private static final int MOST = 256;

    private final ModelMaker maker;
    private final Map<ConnectionProfile, Made> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConnectionProfile, Made> eldest) {
            return size() > MOST;
        }
    };

    MadeProfiles(ModelMaker maker) {
        this.maker = maker;
    }

    /** The caller has found out that the connection is there, and the user's. */
    synchronized ModelProfile of(ModelConnection connection, ConnectionProfile wanted) {
        Made known = made.get(wanted);
        if (known != null && known.version() == connection.version()) {
            return known.profile();
        }
        KnownModels.Size size = KnownModels.size(wanted.model(), connection.contextTokens());
        ModelProfile profile = new ModelProfile(
                wanted.name(),
                maker.make(connection.account(), wanted.model()),
                "",
                size.contextTokens(),
                size.outputTokens(),
                null);
        made.put(wanted, new Made(connection.version(), profile));
        return profile;
    }

    private record Made(int version, ModelProfile profile) {}
}
