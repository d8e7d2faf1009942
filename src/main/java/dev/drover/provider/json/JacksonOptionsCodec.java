package dev.drover.provider.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drover.core.Json;
import dev.drover.core.egress.Network;
import dev.drover.core.run.Brief;
import dev.drover.core.run.OptionsCodec;
import dev.drover.core.run.RunOptions;
import dev.drover.core.tool.ToolGrant;

/** Options and briefs as JSON objects whose fields are the record's components; a schema is kept as a string. */
public final class JacksonOptionsCodec implements OptionsCodec {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new JavaTimeModule())
            .addMixIn(Json.class, JsonAsString.class)
            .addMixIn(Network.class, NetworkByType.class)
            .addMixIn(ToolGrant.class, GrantByType.class)
            .build();

    @Override
    public Json write(RunOptions options) {
        return written(options.kept());
    }

    @Override
    public RunOptions read(Json stored) {
        return read(stored, RunOptions.class);
    }

    @Override
    public Json write(Brief brief) {
        return written(brief);
    }

    @Override
    public Brief readBrief(Json stored) {
        return read(stored, Brief.class);
    }

    private Json written(Object value) {
        try {
            return new Json(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    private <T> T read(Json stored, Class<T> type) {
        try {
            return mapper.readValue(stored.text(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " that cannot be read", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Network.Full.class, name = "full"),
        @JsonSubTypes.Type(value = Network.None.class, name = "none"),
        @JsonSubTypes.Type(value = Network.Allow.class, name = "allow")
    })
    private interface NetworkByType {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ToolGrant.OfScenario.class, name = "scenario"),
        @JsonSubTypes.Type(value = ToolGrant.OfServer.class, name = "server")
    })
    private interface GrantByType {}
}
