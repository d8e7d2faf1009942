package dev.drover.provider.tool.mcp;

import dev.drover.core.computer.Dialogue;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** MCP's stdio transport over a dialogue with a program inside a computer: a JSON message a line. */
final class DialogueTransport implements McpClientTransport {
    private static final Logger LOG = LoggerFactory.getLogger(DialogueTransport.class);
    private static final int LONGEST_LINE = 16 << 20;

    private final Dialogue dialogue;
    private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
    private volatile boolean open = true;
    private volatile Runnable whenEnded = () -> {};

    DialogueTransport(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** Told when the program has ended or talks no sense, on a thread that may block. */
    void onEnd(Runnable heard) {
        whenEnded = heard;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> {
            Thread.ofVirtual().name("mcp-reader").start(() -> listen(handler));
            Thread.ofVirtual().name("mcp-writer").start(this::write);
        });
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (!open) {
                // Nobody would tell: whoever waits for answers is told of an end only once.
                throw new IllegalStateException("the server's program has ended");
            }
            try {
                outgoing.add((McpJson.INSTANCE.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException("a message that is no JSON", e);
            }
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return McpJson.INSTANCE.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::end);
    }

    private void end() {
        open = false;
        dialogue.close();
        outgoing.add(new byte[0]);
    }

    private void listen(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        try {
            InputStream input = new BufferedInputStream(dialogue.input(), 1 << 16);
            while (open) {
                String line = line(input);
                if (!line.isBlank()) {
                    JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(McpJson.INSTANCE, line);
                    Mono.just(message).transform(handler).subscribe();
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("an MCP server's line ended", e);
        } finally {
            end();
            whenEnded.run();
        }
    }

    private void write() {
        try {
            while (open) {
                dialogue.output().write(outgoing.take());
            }
        } catch (IOException | InterruptedException e) {
            LOG.debug("an MCP server takes no more", e);
            end();
        }
    }

    private static String line(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = input.read(); octet != '\n'; octet = input.read()) {
            if (octet < 0 || line.size() == LONGEST_LINE) {
                throw new IOException(octet < 0 ? "the program has ended" : "a line of more than 16 MiB");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
