package dev.drover.provider.computer.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One exec over a WebSocket, as {@code v4.channel.k8s.io} has it: the first byte of a message names the stream. */
final class TestingExec implements WsListener {
    private static final String PROTOCOL = "v4.channel.k8s.io";

    private final TestingCluster cluster;
    private final ReentrantLock sending = new ReentrantLock();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private String pod = "";
    private List<String> command = List.of();
    private TestingKubelet.@Nullable Exec exec;

    TestingExec(TestingCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
        pod = prologue.uriPath().path().replaceFirst(".*/pods/([^/]+)/exec", "$1");
        command = prologue.query().all("command");
        WritableHeaders<?> answer = WritableHeaders.create();
        answer.set(HeaderNames.create("Sec-WebSocket-Protocol"), PROTOCOL);
        return Optional.of(answer);
    }

    @Override
    public void onOpen(WsSession session) {
        try {
            TestingKubelet.Exec begun = cluster.running(pod).exec(command);
            exec = begun;
            Thread errors = Thread.ofVirtual().start(() -> pump(begun.errors(), 2, session));
            Thread.ofVirtual().start(() -> {
                pump(begun.io(), 1, session);
                try {
                    errors.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                send(session, 3, "{\"metadata\":{},\"status\":\"Success\"}".getBytes(UTF_8), -1);
                session.close(1000, "");
            });
        } catch (IOException e) {
            send(session, 3, ("{\"status\":\"Failure\",\"message\":\"" + e.getMessage() + "\"}").getBytes(UTF_8), -1);
            session.close(1000, "");
        }
    }

    private void pump(SocketChannel from, int stream, WsSession session) {
        byte[] part = new byte[32_768];
        try {
            var input = Channels.newInputStream(from);
            for (int count = input.read(part); count >= 0; count = input.read(part)) {
                send(session, stream, part, count);
            }
        } catch (IOException e) {
            // One side is gone, and the other hears of it.
        }
    }

    private void send(WsSession session, int stream, byte[] bytes, int count) {
        int length = count < 0 ? bytes.length : count;
        byte[] framed = new byte[length + 1];
        framed[0] = (byte) stream;
        System.arraycopy(bytes, 0, framed, 1, length);
        sending.lock();
        try {
            session.send(BufferData.create(framed), true);
        } catch (UncheckedIOException e) {
            // It was cut.
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void onMessage(WsSession session, BufferData buffer, boolean last) {
        message.writeBytes(buffer.readBytes());
        if (!last) {
            return;
        }
        byte[] whole = message.toByteArray();
        message.reset();
        if (whole.length > 1 && whole[0] == 0) {
            try {
                ByteBuffer rest = ByteBuffer.wrap(whole, 1, whole.length - 1);
                SocketChannel input = Objects.requireNonNull(exec).io();
                while (rest.hasRemaining()) {
                    input.write(rest);
                }
            } catch (IOException e) {
                session.close(1000, "");
            }
        }
    }

    @Override
    public void onClose(WsSession session, int status, String reason) {
        hangUp();
    }

    @Override
    public void onError(WsSession session, Throwable t) {
        hangUp();
    }

    /** The command reads the end of its input. */
    private void hangUp() {
        TestingKubelet.Exec begun = exec;
        if (begun != null) {
            try {
                begun.io().shutdownOutput();
            } catch (IOException e) {
                // It has ended before.
            }
        }
    }
}
