package dev.drover.provider.tool.mcp;

import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebUrl;
import dev.drover.provider.tool.PinnedHttp;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
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
    private volatile @Nullable String session;
    private volatile @Nullable String version;
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;

    HttpTransport(McpServer.Remote server, EgressGuard egress) {
        this.server = server;
        this.egress = egress;
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
                .subscribeOn(THREADS);
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
        ClassicHttpRequest request = new BasicClassicHttpRequest("POST", PinnedHttp.host(url), url.target());
        request.setEntity(new ByteArrayEntity(message, ContentType.APPLICATION_JSON));
        request.setHeader("Accept", "application/json, text/event-stream");
        server.headers().forEach(request::setHeader);
        if (session != null) {
            request.setHeader(SESSION, session);
        }
        if (version != null) {
            request.setHeader("MCP-Protocol-Version", version);
        }
        PinnedHttp.exchange(url, egress.check(url), request, McpConnection.LIMIT, response -> {
            read(response);
            return response;
        });
    }

    private void read(ClassicHttpResponse response) throws IOException {
        Header named = response.getFirstHeader(SESSION);
        if (named != null) {
            session = named.getValue();
        }
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        if (response.getCode() / 100 != 2) {
            String said = new String(body.readNBytes(300), StandardCharsets.UTF_8).strip();
            throw new IOException("it answered " + response.getCode() + (said.isEmpty() ? "" : ": " + said));
        }
        Header type = response.getFirstHeader("Content-Type");
        if (type != null && type.getValue().startsWith("text/event-stream")) {
            events(body);
        } else {
            take(new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8));
        }
    }

    /** Each event's data is a message; the last one is the answer, after which the server ends the stream. */
    private void events(InputStream body) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        long total = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            total += line.length();
            if (total > LARGEST) {
                throw new IOException("it sent more than 16 MiB");
            }
            if (line.startsWith("data:")) {
                data.append(line.substring(5)).append('\n');
            } else if (line.isEmpty() && take(data.toString())) {
                return;
            } else if (line.isEmpty()) {
                data.setLength(0);
            }
        }
        take(data.toString());
    }

    /** Hands a message on; whether it was an answer. */
    private boolean take(String text) throws IOException {
        if (text.isBlank()) {
            return false;
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
        return message instanceof McpSchema.JSONRPCResponse;
    }
}
