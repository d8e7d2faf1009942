package dev.drover.provider.model.langchain4j;

import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** A vendor's model behind LangChain4j's adapter for it. Everything happens on the thread that asks. */
final class LangChainModel implements LanguageModel {
    private final Vendor vendor;
    private final Endpoint endpoint;
    private final StreamingChatModel adapter;
    private final Failures failures;

    LangChainModel(Vendor vendor, Endpoint endpoint, Transport transport) {
        this.vendor = vendor;
        this.endpoint = endpoint;
        this.adapter = vendor.connect(endpoint, new VendorHttpClient(transport, vendor::body).builder());
        this.failures = new Failures(name(), endpoint);
    }

    @Override
    public String name() {
        return vendor.name() + "/" + endpoint.model();
    }

    @Override
    public boolean sees() {
        Boolean said = endpoint.sees();
        return said == null ? vendor.sees(endpoint.model()) : said;
    }

    @Override
    public Reply ask(Prompt prompt, Consumer<Delta> deltas) throws ModelFailure, InterruptedException {
        Exchange exchange = new Exchange(endpoint.idle());
        Answer answer = new Answer(deltas, exchange::close);
        try {
            ScopedValue.where(Exchange.CURRENT, exchange).run(() -> adapter.chat(request(prompt), answer));
        } catch (RuntimeException e) {
            answer.onError(e);
        } finally {
            exchange.close();
        }
        answer.rethrowConsumerFailure();
        ChatResponse whole = answer.whole();
        String word = exchange.closing().word();
        if (whole != null && word != null) {
            return reply(prompt, answer, whole, word);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while asking " + name());
        }
        throw failures.of(exchange, answer.error());
    }

    private ChatRequest request(Prompt prompt) {
        List<ToolSpecification> tools =
                prompt.tools().stream().map(vendor::tool).toList();
        return ChatRequest.builder()
                .messages(Conversation.of(prompt, vendor))
                .parameters(vendor.parameters(prompt, tools))
                .build();
    }

    private Reply reply(Prompt prompt, Answer answer, ChatResponse whole, String word) {
        AiMessage message = whole.aiMessage();
        CallIds ids = new CallIds(prompt);
        List<ToolCall> calls = message.toolExecutionRequests().stream()
                .map(request -> call(request, ids))
                .toList();
        Reply.Stop stop = Closing.stop(word);
        TokenUsage counted = whole.tokenUsage();
        return new Reply(
                answer.text(),
                answer.thinking(),
                calls,
                counted == null ? Usage.NONE : vendor.usage(counted),
                // Gemini and Ollama say that they stopped, whether or not they want a tool.
                stop == Reply.Stop.END && !calls.isEmpty() ? Reply.Stop.TOOLS : stop,
                Objects.requireNonNullElse(whole.modelName(), endpoint.model()),
                Keepsakes.of(vendor.name(), message));
    }

    private static ToolCall call(ToolExecutionRequest request, CallIds ids) {
        String arguments = Objects.requireNonNullElse(request.arguments(), "");
        return new ToolCall(
                ids.next(request.id()),
                Objects.requireNonNullElse(request.name(), ""),
                arguments.isBlank() ? Json.EMPTY_OBJECT : new Json(arguments));
    }
}
