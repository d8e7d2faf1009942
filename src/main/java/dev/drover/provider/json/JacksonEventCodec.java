package dev.drover.provider.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.run.Entry;
import dev.drover.core.run.EventCodec;
import dev.drover.core.run.EventKind;

/** Entries as JSON objects whose fields are the record's components. What a model wrote as JSON is kept as a string. */
public final class JacksonEventCodec implements EventCodec {
    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addMixIn(Json.class, JsonAsString.class)
            .addMixIn(Delta.class, DeltaByType.class)
            .build();

    @Override
    public Json write(Entry entry) {
        try {
            return new Json(mapper.writeValueAsString(entry));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry that is no JSON: " + EventKind.of(entry), e);
        }
    }

    @Override
    public Entry read(EventKind kind, Json payload) {
        try {
            return mapper.readValue(payload.text(), type(kind));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + kind.word() + " that cannot be read", e);
        }
    }

    private static Class<? extends Entry> type(EventKind kind) {
        return switch (kind) {
            case NOTED -> Entry.Noted.class;
            case INSTRUCTED -> Entry.Instructed.class;
            case SPOKEN -> Entry.Spoken.class;
            case CONSULTED -> Entry.Consulted.class;
            case COMPUTER_OPENED -> Entry.ComputerOpened.class;
            case RECALLED -> Entry.Recalled.class;
            case EGRESS_JUDGED -> Entry.EgressJudged.class;
            case MODEL_CALLED -> Entry.ModelCalled.class;
            case MODEL_SPOKE -> Entry.ModelSpoke.class;
            case MODEL_FAILED -> Entry.ModelFailed.class;
            case MODEL_REPLIED -> Entry.ModelReplied.class;
            case TOOL_CALLED -> Entry.ToolCalled.class;
            case TOOL_SHOWED -> Entry.ToolShowed.class;
            case TOOL_RETURNED -> Entry.ToolReturned.class;
            case SESSION_BEGAN -> Entry.SessionBegan.class;
            case CHARGED -> Entry.Charged.class;
            case FILES_PLACED -> Entry.FilesPlaced.class;
            case WORKSPACE_LOST -> Entry.WorkspaceLost.class;
            case RESULT_REFUSED -> Entry.ResultRefused.class;
            case FORKED -> Entry.Forked.class;
            case COMPLETED -> Entry.Completed.class;
            case FAILED -> Entry.Failed.class;
            case STOPPED -> Entry.Stopped.class;
        };
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Delta.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Delta.Thinking.class, name = "thinking")
    })
    private interface DeltaByType {}
}
