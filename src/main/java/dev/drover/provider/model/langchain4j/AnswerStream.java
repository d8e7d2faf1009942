package dev.drover.provider.model.langchain4j;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer as they come. A read waits no longer than the idle time and ends when its thread is
 * interrupted: the client's own stream can do the second only, and a silent vendor would hold a run for ever.
 */
final class AnswerStream extends Transport.Body implements BodySubscriber<AnswerStream> {
    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record End(@Nullable Throwable broken) implements Piece {}
    }

    private final Duration idle;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean ended;
    private List<ByteBuffer> buffers = List.of();
    private @Nullable IOException trouble;

    AnswerStream(Duration idle) {
        this.idle = idle;
    }

    @Override
    @Nullable IOException trouble() {
        return trouble;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (!ended) {
            for (ByteBuffer buffer : buffers) {
                if (buffer.hasRemaining()) {
                    int count = Math.min(length, buffer.remaining());
                    buffer.get(into, offset, count);
                    return count;
                }
            }
            take();
        }
        return -1;
    }

    @Override
    public void close() {
        ended = true;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public CompletionStage<AnswerStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        if (ended) {
            opened.cancel();
        } else {
            opened.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        pieces.add(new Piece.Bytes(item));
    }

    @Override
    public void onError(Throwable broken) {
        pieces.add(new Piece.End(broken));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End(null));
    }

    private void take() throws IOException {
        switch (next()) {
            case Piece.Bytes(List<ByteBuffer> more) -> {
                buffers = more;
                Objects.requireNonNull(subscription).request(1);
            }
            case Piece.End(Throwable broken) -> {
                ended = true;
                if (broken != null) {
                    throw failed(new IOException("the connection broke: " + broken.getMessage(), broken));
                }
            }
            case null -> throw failed(new HttpTimeoutException("nothing came for " + idle.toSeconds() + " s"));
        }
    }

    private @Nullable Piece next() throws IOException {
        try {
            return pieces.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failed(new InterruptedIOException("interrupted"));
        }
    }

    private IOException failed(IOException why) {
        close();
        trouble = why;
        return why;
    }
}
