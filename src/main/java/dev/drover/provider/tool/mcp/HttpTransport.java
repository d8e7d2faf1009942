package dev.drover.provider.tool.mcp;

import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebClient;
import dev.drover.core.egress.WebRequest;
import dev.drover.core.egress.WebUrl;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * MCP's streamable HTTP transport, each request through the egress guard and to the addresses it checked. The library's
 * own goes by the JDK's client, which resolves names by itself. What a server would say unasked is not listened for.
 */
final class HttpTransport implements McpClientTransport {
    private static final Scheduler THREADS =
            Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "mcp-http");
    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "protocolVersion";
    private static final int LARGEST = 16 << 20;

    private final McpServer.Remote server;
    private final EgressGuard egress;
    private final WebClient web;
    private volatile @Nullable String session;
    private volatile @Nullable String version;
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;

    HttpTransport(McpServer.Remote server, EgressGuard egress, WebClient web) {
        this.server = server;
        this.egress = egress;
        this.web = web;
    }

    /** Carries the guard's refusal through a library that knows only unchecked exceptions. */
    static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final EgressDenied reason;

        Denied(EgressDenied reason) {
            super(reason);
            this.reason = reason;
        }

        EgressDenied reason() {
            return reason;
        }
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> receiver) {
        return Mono.fromRunnable(() -> handler = receiver);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.<Void>fromRunnable(() -> {
                    try {
                        post(McpJson.INSTANCE.writeValueAsBytes(message));
                    } catch (EgressDenied e) {
                        throw new Denied(e);
                    } catch (IOException e) {
                        throw new IllegalStateException(
                                "server '" + server.name() + "' could not be asked: " + e.getMessage(), e);
                    }
                })
                .subscribeOn(THREADS)
                // Ends the exchange too: its thread is interrupted, and with that its connection closed.
                .timeout(McpConnection.LIMIT);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return McpJson.INSTANCE.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    private void post(byte[] message) throws EgressDenied, IOException {
        WebUrl url = WebUrl.read(server.url());
        Map<String, String> headers = new HashMap<>(server.headers());
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        if (session != null) {
            headers.put(SESSION, session);
        }
        if (version != null) {
            headers.put("MCP-Protocol-Version", version);
        }
        read(web.send(new WebRequest("POST", url, headers, message, LARGEST), egress.check(url)));
    }

    private void read(WebAnswer answer) throws IOException {
        String named = answer.headers().get(SESSION.toLowerCase(Locale.ROOT));
        if (named != null) {
            session = named;
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() / 100 != 2) {
            String said = body.substring(0, Math.min(300, body.length())).strip();
            throw new IOException("it answered " + answer.status() + (said.isEmpty() ? "" : ": " + said));
        }
        if (answer.truncated()) {
            throw new IOException("it sent more than 16 MiB");
        }
        if (answer.headers().getOrDefault("content-type", "").startsWith("text/event-stream")) {
            events(body);
        } else {
            take(body);
        }
    }

    /** Each event's data is a message; the server ends the stream behind its answer. */
    private void events(String body) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line : (body + "\n\n").split("\r\n|\r|\n", -1)) {
            if (line.startsWith("data:")) {
                data.append(line.substring(5)).append('\n');
            } else if (line.isEmpty()) {
                take(data.toString());
                data.setLength(0);
            }
        }
    }

    private void take(String text) throws IOException {
        if (text.isBlank()) {
            return;
        }
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(McpJson.INSTANCE, text);
        } catch (IllegalArgumentException e) {
            throw new IOException("it sent no message of MCP", e);
        }
        if (message instanceof McpSchema.JSONRPCResponse response
                && response.result() instanceof Map<?, ?> result
                && result.get(VERSION) instanceof String spoken) {
            version = spoken;
        }
        Mono.just(message).transform(handler).subscribe();
    }
}
