package dev.drover.provider.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.Json;
import dev.drover.core.conversation.Configuration;
import dev.drover.core.conversation.Settings;
import dev.drover.core.conversation.SettingsCodec;
import java.util.List;

/** Settings as JSON objects whose fields are the record's components. */
public final class JacksonSettings implements SettingsCodec {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Json.class, JsonAsString.class)
            .build();

    @Override
    public Json write(Settings settings) {
        return written(settings);
    }

    @Override
    public Settings read(Json stored) {
        return read(stored, new TypeReference<>() {});
    }

    @Override
    public Json write(List<Configuration> past) {
        return written(past);
    }

    @Override
    public List<Configuration> readPast(Json stored) {
        return read(stored, new TypeReference<>() {});
    }

    private Json written(Object value) {
        try {
            return new Json(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings that are no JSON", e);
        }
    }

    private <T> T read(Json stored, TypeReference<T> type) {
        try {
            return mapper.readValue(stored.text(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored settings that cannot be read", e);
        }
    }
}
