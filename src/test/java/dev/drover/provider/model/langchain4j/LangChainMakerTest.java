package dev.drover.provider.model.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.model.LanguageModelContract;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.ModelAccount;
import dev.drover.core.model.ModelAccount.Protocol;
import dev.drover.core.model.ModelFailure;
import dev.drover.testing.TestingVendor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LangChainMakerTest {
    private static final String KEY = "sk-secret-4711";

    private final TestingVendor vendor = new TestingVendor();
    private final LangChainMaker maker = new LangChainMaker(guard(List.of()));

    LangChainMakerTest() throws IOException {}

    @AfterEach
    void close() {
        vendor.close();
    }

    @Test
    void listsWhatOpenAiAndThoseWhoSpeakLikeItTell() throws Exception {
        vendor.answer("/v1/models", 200, """
                {"object":"list","data":[{"id":"gpt-5.1"},{"id":"text-embedding-3-small"},{"id":"whisper-1"},
                {"id":"groq-1","context_window":131072,"max_completion_tokens":32768},
                {"id":"ocr-1","capabilities":{"completion_chat":false}},{"id":7},{"id":""},{"id":"bad name"}]}""");

        assertThat(maker.list(account(Protocol.OPENAI, "/v1/")))
                .containsExactly(
                        new ListedModel("gpt-5.1", null, null),
                        new ListedModel("groq-1", 131_072, 32_768),
                        new ListedModel("7", null, null));
        assertThat(vendor.asked().getFirst().path()).isEqualTo("/v1/models");
        assertThat(vendor.asked().getFirst().header("authorization")).isEqualTo("Bearer " + KEY);
    }

    @Test
    void listsWhatAnthropicTells() throws Exception {
        vendor.answer("/v1/models", 200, "{\"data\":[{\"type\":\"model\",\"id\":\"claude-sonnet-4-6\"}]}");

        assertThat(maker.list(account(Protocol.ANTHROPIC, "")))
                .containsExactly(new ListedModel("claude-sonnet-4-6", null, null));
        assertThat(vendor.asked().getFirst().path()).isEqualTo("/v1/models?limit=1000");
        assertThat(vendor.asked().getFirst().header("x-api-key")).isEqualTo(KEY);
        assertThat(vendor.asked().getFirst().header("anthropic-version")).isEqualTo("2023-06-01");
    }

    @Test
    void listsWhatGeminiTells() throws Exception {
        vendor.answer("/v1beta/models", 200, """
                {"models":[{"name":"models/gemini-2.5-pro","inputTokenLimit":1048576,"outputTokenLimit":65536,
                "supportedGenerationMethods":["generateContent","countTokens"]},
                {"name":"models/embedding-001","supportedGenerationMethods":["embedContent"]}]}""");

        assertThat(maker.list(account(Protocol.GEMINI, "")))
                .containsExactly(new ListedModel("gemini-2.5-pro", 1_048_576, 65_536));
        assertThat(vendor.asked().getFirst().header("x-goog-api-key")).isEqualTo(KEY);
    }

    @Test
    void listsWhatOllamaTells() throws Exception {
        vendor.answer("/api/tags", 200, "{\"models\":[{\"name\":\"llama3.2:latest\"}]}");

        assertThat(maker.list(account(Protocol.OLLAMA, "")))
                .containsExactly(new ListedModel("llama3.2:latest", null, null));
    }

    @Test
    void tellsWhyThereIsNoListAndNeverTheKey() {
        vendor.answer("/v1/models", 401, "{\"error\":\"" + KEY + "\"}");
        assertThat(failure(account(Protocol.OPENAI, "/v1"))).hasMessageContaining("401");
        vendor.answer("/v1/models", 200, "{\"data\":[]}");
        assertThat(failure(account(Protocol.OPENAI, "/v1"))).hasMessageContaining("no model");
        vendor.silence("/v1/models");
        assertThat(failure(account(Protocol.OPENAI, "/v1"))).hasMessageContaining("within 2 s");
        vendor.close();
        assertThat(failure(account(Protocol.OPENAI, "/v1")))
                .hasMessageContaining("does not list its models")
                .hasMessageNotContaining(KEY);
    }

    @Test
    void goesWhereUsersSayOnlyWithLeaveOfTheGuard() throws Exception {
        vendor.answer("/v1/models", 200, "{\"data\":[{\"id\":\"a\"}]}");
        ModelAccount users = new ModelAccount(Protocol.OPENAI, vendor.url() + "/v1", KEY, true);

        assertThat(failure(users)).hasMessageContaining("private/internal");
        ModelFailure denied = catchThrowableOfType(
                ModelFailure.class, () -> maker.make(users, "a").ask(LanguageModelContract.prompt("go"), _ -> {}));
        assertThat(denied).hasMessageContaining("private/internal");
        assertThat(denied.worthRetrying()).isFalse();
        assertThat(vendor.asked()).isEmpty();

        assertThat(new LangChainMaker(guard(List.of("127.0.0.1/32"))).list(users))
                .hasSize(1);
    }

    @Test
    void connectsToTheAddressThatWasChecked() throws Exception {
        vendor.answer("/v1/models", 200, "{\"data\":[{\"id\":\"a\"}]}");
        AtomicInteger asked = new AtomicInteger();
        EgressGuard guard = new EgressGuard(
                host -> {
                    asked.incrementAndGet();
                    return List.of(InetAddress.ofLiteral("127.0.0.1"));
                },
                List.of("127.0.0.1/32"),
                List.of());
        String url = vendor.url().replace("127.0.0.1", "llm.example") + "/v1";

        assertThat(new LangChainMaker(guard).list(new ModelAccount(Protocol.OPENAI, url, KEY, true)))
                .hasSize(1);
        assertThat(asked).hasValue(1);
        assertThat(vendor.asked().getFirst().header("host")).startsWith("llm.example:");
    }

    @Test
    void triesAgainWhenANameHasNoAddress() {
        EgressGuard guard = new EgressGuard(
                host -> {
                    throw new UnknownHostException(host);
                },
                List.of(),
                List.of());
        ModelAccount users = new ModelAccount(Protocol.OPENAI, "https://llm.example/v1", KEY, true);

        ModelFailure failure = catchThrowableOfType(
                ModelFailure.class,
                () -> new LangChainMaker(guard).make(users, "a").ask(LanguageModelContract.prompt("go"), _ -> {}));
        assertThat(failure).hasMessageContaining("has no address");
        assertThat(failure.worthRetrying()).isTrue();
    }

    @Test
    void asksNobodyForWhatIsDoneOffline() {
        assertThatThrownBy(() -> maker.make(new ModelAccount(Protocol.OFFLINE, null, null, false), "offline"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ModelAccount account(Protocol protocol, String path) {
        return new ModelAccount(protocol, vendor.url() + path, KEY, false);
    }

    private ModelFailure failure(ModelAccount account) {
        return catchThrowableOfType(ModelFailure.class, () -> maker.list(account));
    }

    private static EgressGuard guard(List<String> allow) {
        return new EgressGuard(host -> List.of(InetAddress.getAllByName(host)), allow, List.of());
    }
}
