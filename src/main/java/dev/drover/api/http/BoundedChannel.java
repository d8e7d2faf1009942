package dev.drover.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A part of a channel as a stream, which closes it. */
public final class BoundedChannel extends InputStream {
    private final SeekableByteChannel channel;
    private final long from;
    private long left;
    private boolean begun;

    public BoundedChannel(SeekableByteChannel channel, long from, long length) {
        this.channel = channel;
        this.from = from;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!begun) {
            channel.position(from);
            begun = true;
        }
        int most = (int) Math.min(left, length);
        int count = most == 0 ? -1 : channel.read(ByteBuffer.wrap(into, offset, most));
        left -= Math.max(0, count);
        return length == 0 ? 0 : count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
