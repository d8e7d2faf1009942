package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.core.Json;
import dev.drover.core.Refused;
import dev.drover.core.id.AgentId;
import dev.drover.core.run.ForkRun;
import org.jspecify.annotations.Nullable;

/** The body of a fork. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonFork(int at, @Nullable Edit edit, @Nullable String idempotencyKey) {
    /** One of three; {@code is_error} goes with an output. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Edit(
            @Nullable String task,
            @Nullable String text,
            @Nullable Object output,
            @Nullable Boolean isError) {}

    static ForkRun order(Call call, AgentId agent) {
        Fields fields = call.fields();
        Integer at = fields.integer("at");
        if (at == null) {
            throw Refused.invalid("at", "is missing; it is the seq of the last step to keep");
        }
        return new ForkRun(
                agent, at, edit(fields.object("edit")), JettsonSpawn.idempotency(call, fields, "fork " + agent + " "));
    }

    private static ForkRun.@Nullable Edit edit(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        String task = fields.text("task");
        String text = fields.text("text");
        Json output = fields.json("output");
        Boolean isError = fields.flag("is_error");
        int given = (task == null ? 0 : 1) + (text == null ? 0 : 1) + (output == null ? 0 : 1);
        Refused.when(given != 1, "edit", "must hold one of task, text and output, but holds " + given + " of them");
        if (output != null) {
            return new ForkRun.Edit.Output(output, Boolean.TRUE.equals(isError));
        }
        return text != null ? new ForkRun.Edit.Text(text) : new ForkRun.Edit.Task(String.valueOf(task));
    }
}
