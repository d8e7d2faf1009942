package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.Reply.Stop;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a stream ended, in the vendor's own words, read beside the adapters: these take a stream that just stops for a
 * finished one, do not know every word, and skip errors told within a stream.
 */
final class Closing {
    /** A quote inside any JSON text is escaped, so that what a model writes cannot look like this. */
    private static final Pattern STOP = Pattern.compile(
            "\"(?:stop_reason|finish_reason|finishReason|done_reason|blockReason)\"\\s*:\\s*\"([^\"]+)\"");

    private static final Pattern ERROR = Pattern.compile("^\\s*\\{(?:\"type\":\\s*\"error\",)?\\s*\"error\"\\s*:");

    private @Nullable String word;
    private @Nullable String error;

    /** The vendor's word for why it stopped; null when it never said, so that the answer is not whole. */
    @Nullable String word() {
        return word;
    }

    /** The error that came in the middle of the stream, as JSON. */
    @Nullable String error() {
        return error;
    }

    static Stop stop(String word) {
        return switch (word) {
            case "end_turn", "stop_sequence", "stop", "STOP" -> Stop.END;
            case "tool_use", "tool_calls", "function_call" -> Stop.TOOLS;
            case "max_tokens", "length", "MAX_TOKENS", "model_context_window_exceeded" -> Stop.LENGTH;
            case "refusal", "content_filter", "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" ->
                Stop.REFUSED;
            default -> Stop.OTHER;
        };
    }

    ServerSentEventListener watching(ServerSentEventListener adapter) {
        return new ServerSentEventListener() {
            @Override
            public void onOpen(SuccessfulHttpResponse response) {
                adapter.onOpen(response);
            }

            @Override
            public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
                read(event.data());
                adapter.onEvent(event, context);
            }

            @Override
            public void onEvent(ServerSentEvent event) {
                read(event.data());
                adapter.onEvent(event);
            }

            @Override
            public void onError(Throwable error) {
                adapter.onError(error);
            }

            @Override
            public void onClose() {
                adapter.onClose();
            }
        };
    }

    private void read(String data) {
        Matcher stop = STOP.matcher(data);
        while (stop.find()) {
            word = stop.group(1);
        }
        if (ERROR.matcher(data).find()) {
            error = data;
        }
    }
}
