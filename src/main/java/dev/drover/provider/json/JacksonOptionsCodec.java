package dev.drover.provider.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.Json;
import dev.drover.core.egress.Network;
import dev.drover.core.run.OptionsCodec;
import dev.drover.core.run.RunOptions;

/** Options as a JSON object whose fields are the record's components; a schema is kept as a string. */
public final class JacksonOptionsCodec implements OptionsCodec {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Json.class, JsonAsString.class)
            .addMixIn(Network.class, NetworkByType.class)
            .build();

    @Override
    public Json write(RunOptions options) {
        try {
            return new Json(mapper.writeValueAsString(options.kept()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("options that are no JSON", e);
        }
    }

    @Override
    public RunOptions read(Json stored) {
        try {
            return mapper.readValue(stored.text(), RunOptions.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored options that cannot be read", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Network.Full.class, name = "full"),
        @JsonSubTypes.Type(value = Network.None.class, name = "none"),
        @JsonSubTypes.Type(value = Network.Allow.class, name = "allow")
    })
    private interface NetworkByType {}
}
