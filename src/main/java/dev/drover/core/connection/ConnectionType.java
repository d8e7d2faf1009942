package dev.drover.core.connection;

import dev.drover.core.Refused;
import dev.drover.core.model.ModelAccount.Protocol;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What connections there are: for models by Make's words (contract, section 3.3), for the rest by plain ones. */
public enum ConnectionType {
    OFFLINE("ai-provider", "Drover offline", "offline", Protocol.OFFLINE, null, "offline"),
    OPENAI("openai-gpt-3", "OpenAI", "openai", Protocol.OPENAI, "https://api.openai.com/v1", "gpt-5.1"),
    ANTHROPIC(
            "anthropic-claude",
            "Anthropic Claude",
            "anthropic",
            Protocol.ANTHROPIC,
            "https://api.anthropic.com",
            "claude-sonnet-4-6"),
    GEMINI(
            "gemini-ai-q9zyjp",
            "Google Gemini AI",
            "gemini",
            Protocol.GEMINI,
            "https://generativelanguage.googleapis.com",
            "gemini-flash-latest"),
    FOUNDRY_OPENAI("ai-agent-foundry-openai", "Azure AI Foundry: OpenAI", "azure", Protocol.OPENAI, null, null),
    FOUNDRY_OTHERS("ai-agent-foundry-non-openai", "Azure AI Foundry: others", "azure", Protocol.OPENAI, null, null),
    MISTRAL(
            "mistral-ai",
            "Mistral AI",
            "mistral",
            Protocol.OPENAI,
            "https://api.mistral.ai/v1",
            "mistral-large-latest"),
    COHERE(
            "cohere",
            "Cohere",
            "cohere",
            Protocol.OPENAI,
            "https://api.cohere.ai/compatibility/v1",
            "command-a-03-2025"),
    GROQ("groq", "Groq", "groq", Protocol.OPENAI, "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile"),
    XAI("ai-agent-xai", "xAI", "xai", Protocol.OPENAI, "https://api.x.ai/v1", "grok-4"),
    BEDROCK("amazon-bedrock", "Amazon Bedrock", "bedrock", Protocol.OPENAI, null, null),
    /** A server of one's own, a gateway, a local model. */
    COMPATIBLE("ai-agent-openai-compatible", "OpenAI-compatible", "openai-compatible", Protocol.OPENAI, null, null),
    HTTP("http", "HTTP", ConnectionKind.HTTP),
    MCP("mcp", "MCP server", ConnectionKind.MCP);

    private final String word;
    private final String label;
    private final ConnectionKind kind;
    private final String provider;
    private final @Nullable Protocol protocol;
    private final @Nullable String address;
    private final @Nullable String usualModel;

    ConnectionType(
            String word,
            String label,
            String provider,
            Protocol protocol,
            @Nullable String address,
            @Nullable String usualModel) {
        this.word = word;
        this.label = label;
        this.kind = ConnectionKind.MODELS;
        this.provider = provider;
        this.protocol = protocol;
        this.address = address;
        this.usualModel = usualModel;
    }

    ConnectionType(String word, String label, ConnectionKind kind) {
        this.word = word;
        this.label = label;
        this.kind = kind;
        this.provider = word;
        this.protocol = null;
        this.address = null;
        this.usualModel = null;
    }

    /** The type of that word; refused when there is none. */
    static ConnectionType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> Refused.invalid(
                        "accountType",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(ConnectionType::word)
                                        .collect(Collectors.joining(", ")) + ", but is '" + word + "'"));
    }

    public String word() {
        return word;
    }

    /** As people call it. */
    public String label() {
        return label;
    }

    public ConnectionKind kind() {
        return kind;
    }

    /** Who answers, in one word. */
    public String provider() {
        return provider;
    }

    /** What its models speak; only of connections to models. */
    public Protocol protocol() {
        if (protocol == null) {
            throw new IllegalStateException(word + " leads to no models");
        }
        return protocol;
    }

    /** Where it is when nobody says so; null when somebody must, or when it is nowhere. */
    @Nullable String address() {
        return address;
    }

    /** What it surely has, when its own list cannot be had; null when nobody knows. */
    public @Nullable String usualModel() {
        return usualModel;
    }

    /** Whether it is of no use without an address of the user's. */
    boolean needsAddress() {
        return address == null && protocol != Protocol.OFFLINE && kind != ConnectionKind.HTTP;
    }

    /** Whether it is of no use without a key; a server of one's own may ask for none. */
    boolean needsKey() {
        return kind == ConnectionKind.MODELS && protocol != Protocol.OFFLINE && this != COMPATIBLE;
    }
}
