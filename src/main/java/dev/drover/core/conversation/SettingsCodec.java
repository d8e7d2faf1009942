package dev.drover.core.conversation;

import dev.drover.core.Json;
import java.util.List;

/** Writes settings as JSON and reads them back: equal to what was written, by any later version too. */
public interface SettingsCodec {
    Json write(Settings settings);

    Settings read(Json stored);

    Json write(List<Configuration> past);

    List<Configuration> readPast(Json stored);
}
