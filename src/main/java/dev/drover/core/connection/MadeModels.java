package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelMaker;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models that were made, kept until their connection changes; of many, those asked for last. */
final class MadeModels {
    private static final int MOST = 256;

    private final ModelMaker maker;
    private final Map<Name, Made> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Made> eldest) {
            return size() > MOST;
        }
    };

    MadeModels(ModelMaker maker) {
        this.maker = maker;
    }

    /** The caller has found out that the connection is there, and the user's. */
    synchronized LanguageModel of(ModelConnection connection, String model) {
        Name name = new Name(connection.id(), model);
        Made known = made.get(name);
        if (known != null && known.version() == connection.version()) {
            return known.model();
        }
        LanguageModel fresh = maker.make(connection.account(), model);
        made.put(name, new Made(connection.version(), fresh));
        return fresh;
    }

    private record Name(ConnectionId connection, String model) {}

    private record Made(int version, LanguageModel model) {}
}
