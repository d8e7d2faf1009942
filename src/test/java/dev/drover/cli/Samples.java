package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Events as the Jettson contract shows them (its sections 4.5 and 13.1). */
final class Samples {
    static final String PLANNING = """
        {"event_id":"ev_1","seq":1,"ts":1715712000000,"kind":"info","message":"Planning task…"}""";
    static final String THOUGHT = """
        {"event_id":"ev_2","seq":2,"ts":1715712000500,"kind":"thinking","iteration":1,"message":"I look first."}""";
    static final String CALL = """
        {"event_id":"ev_3","seq":3,"ts":1715712001500,"kind":"tool_use","message":"jettson_shell_run(…)",\
        "iteration":1,"tool":"jettson_shell_run","tool_use_id":"t1","input":{"command":"ls -1"}}""";
    static final String RESULT = """
        {"event_id":"ev_4","seq":4,"ts":1715712001512,"kind":"tool_result","message":"jettson_shell_run","iteration":1,\
        "tool":"jettson_shell_run","tool_use_id":"t1","is_error":false,"duration_ms":12,\
        "output":{"stdout":"a\\nb\\nc\\n","stderr":"","exit_code":0,"truncated":false,"timed_out":false}}""";
    static final String END = """
        {"event_id":"ev_5","seq":5,"ts":1715712002000,"kind":"end","message":"three files"}""";

    static final List<String> RUN = List.of(PLANNING, THOUGHT, CALL, RESULT, END);

    private Samples() {}

    static JsonNode event(String json) {
        return DroverClient.parse(json);
    }
}
