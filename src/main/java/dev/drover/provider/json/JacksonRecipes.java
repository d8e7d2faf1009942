package dev.drover.provider.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.Json;
import dev.drover.core.scenario.Action;
import dev.drover.core.scenario.Recipe;
import dev.drover.core.scenario.RecipeCodec;

/** Recipes as JSON objects whose fields are the records' components. */
public final class JacksonRecipes implements RecipeCodec {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Action.class, ActionByKind.class)
            .build();

    @Override
    public Json write(Recipe recipe) {
        try {
            return new Json(mapper.writeValueAsString(recipe));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recipe that is no JSON", e);
        }
    }

    @Override
    public Recipe read(Json stored) {
        try {
            return mapper.readValue(stored.text(), Recipe.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored recipe that cannot be read", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Action.Request.class, name = "http"),
        @JsonSubTypes.Type(value = Action.ServerTool.class, name = "mcp"),
        @JsonSubTypes.Type(value = Action.Builtin.class, name = "builtin")
    })
    private interface ActionByKind {}
}
