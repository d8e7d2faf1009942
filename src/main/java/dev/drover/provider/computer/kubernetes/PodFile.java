package dev.drover.provider.computer.kubernetes;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file that a pod holds open for us; parts of it come as they are asked for. */
final class PodFile implements SeekableByteChannel {
    private static final int LARGEST_PART = 65_536;

    private final PodFiles.Answer answer;
    private final long size;
    private long position;
    private boolean closed;

    PodFile(PodFiles.Answer answer, long size) {
        this.answer = answer;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!into.hasRemaining()) {
            return 0;
        }
        int length = Math.min(LARGEST_PART, into.remaining());
        OutputStream asking = answer.channel().output();
        asking.write(ByteBuffer.allocate(12).putLong(position).putInt(length).array());
        int count = answer.rest().readInt();
        if (count < 0 || count > length) {
            throw new IOException("the computer gave " + count + " bytes, at most " + length + " were asked for");
        }
        byte[] bytes = answer.rest().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the computer went away while a file was read");
        }
        into.put(bytes);
        position += count;
        return count == 0 ? -1 : count;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition + " is before the beginning");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        answer.close();
    }
}
