package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.Delta;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what an adapter makes of the stream. */
final class Answer implements StreamingChatResponseHandler {
    private final Consumer<Delta> deltas;
    private final Runnable stop;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private @Nullable ChatResponse whole;
    private @Nullable Throwable error;
    private @Nullable RuntimeException consumerFailed;

    Answer(Consumer<Delta> deltas, Runnable stop) {
        this.deltas = deltas;
        this.stop = stop;
    }

    /** All text that was streamed; adapters put line breaks between blocks that nobody has seen. */
    String text() {
        return text.toString();
    }

    String thinking() {
        return thinking.toString();
    }

    /** What the adapter took for the end of the answer. */
    @Nullable ChatResponse whole() {
        return whole;
    }

    @Nullable Throwable error() {
        return error;
    }

    /** Adapters swallow what a handler throws, and it is the caller's. */
    void rethrowConsumerFailure() {
        if (consumerFailed != null) {
            throw consumerFailed;
        }
    }

    @Override
    public void onPartialResponse(String piece) {
        text.append(piece);
        deliver(new Delta.Text(piece));
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        thinking.append(piece.text());
        deliver(new Delta.Thinking(piece.text()));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (error == null) {
            whole = response;
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (whole == null && error == null) {
            error = failure;
        }
    }

    private void deliver(Delta delta) {
        if (consumerFailed != null) {
            return;
        }
        try {
            deltas.accept(delta);
        } catch (RuntimeException e) {
            consumerFailed = e;
            stop.run();
        }
    }
}
