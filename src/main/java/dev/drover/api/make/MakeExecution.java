package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Fields;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.Json;
import dev.drover.core.scenario.Execution;
import dev.drover.core.scenario.Order;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of a scenario (contract, section 3.10).
 *
 * @param status 1 for a success, 3 for a failure; null while it goes on
 */
@CamelCase
@JsonInclude(JsonInclude.Include.NON_NULL)
record MakeExecution(
        String executionId,
        @Nullable Integer status,
        @Nullable JsonNode outputs,
        @Nullable Fault error) {
    private static final int SUCCESS = 1;
    private static final int FAILURE = 3;

    static MakeExecution of(Execution execution) {
        String id = execution.id().toString();
        return switch (execution.outcome()) {
            case null -> new MakeExecution(id, null, null, null);
            case Execution.Done done ->
                new MakeExecution(id, SUCCESS, JsonCodec.tolerant(done.outputs().text()), null);
            case Execution.Failed failed ->
                new MakeExecution(id, FAILURE, null, new Fault("ScenarioError", failed.reason()));
        };
    }

    /** Why it failed. */
    @CamelCase
    record Fault(String name, String message) {}

    /** What is asked for. */
    @CamelCase
    record Wish(
            @Nullable Map<String, Object> data,
            @Nullable Boolean responsive,
            @Nullable String callbackUrl) {
        static Order order(Fields fields) {
            Json data = fields.json("data");
            String callback = fields.text("callbackUrl");
            return new Order(
                    data == null ? Json.EMPTY_OBJECT : data,
                    Boolean.TRUE.equals(fields.flag("responsive")),
                    callback == null
                            ? null
                            : new Order.Callback(callback, ended -> new Json(JsonCodec.line(MakeExecution.of(ended)))));
        }
    }
}
