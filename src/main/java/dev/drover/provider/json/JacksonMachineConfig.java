package dev.drover.provider.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.Json;
import dev.drover.core.machine.MachineChoices;
import java.util.ArrayList;
import java.util.List;

/** The fields {@code tools} and {@code mcp_servers} of a machine's configuration. */
public final class JacksonMachineConfig implements MachineChoices.ConfigReader {
    private final JsonMapper mapper = new JsonMapper();

    @Override
    public Config read(Json config) {
        try {
            JsonNode fields = mapper.readTree(config.text());
            return new Config(texts(fields.path("tools")), texts(fields.path("mcp_servers")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored configuration of a machine that cannot be read", e);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
