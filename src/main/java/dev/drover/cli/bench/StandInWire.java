package dev.drover.cli.bench;

/** Answers in the format of OpenAI's streamed chat completions. */
final class StandInWire {
    private static final String CHUNK = """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"bench",\
            "choices":[{"index":0,"delta":%s,"finish_reason":%s}],"usage":null}

            """;
    private static final String USAGE = """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"bench","choices":[],\
            "usage":{"prompt_tokens":1200,"completion_tokens":80,"total_tokens":1280}}

            data: [DONE]

            """;

    private StandInWire() {}

    static String call(Script.Tool tool, int turn) {
        String call = """
                {"tool_calls":[{"index":0,"id":"call_%d","type":"function","function":{"name":"%s","arguments":"%s"}}]}\
                """.formatted(turn, tool.shown, tool.escapedInput);
        return start("I look. ") + CHUNK.formatted(call, "null") + CHUNK.formatted("{}", "\"tool_calls\"") + USAGE;
    }

    static String text() {
        return start("All is done.") + CHUNK.formatted("{}", "\"stop\"") + USAGE;
    }

    private static String start(String text) {
        return CHUNK.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                + CHUNK.formatted("{\"content\":\"" + text + "\"}", "null");
    }
}
