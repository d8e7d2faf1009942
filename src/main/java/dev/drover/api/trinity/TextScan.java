package dev.drover.api.trinity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Looks whether a file is UTF-8 from its first byte to its last, a piece at a time. */
final class TextScan {
    private static final int PIECE = 64 * 1024;

    private TextScan() {}

    static boolean isText(SeekableByteChannel bytes, long size) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        CharBuffer characters = CharBuffer.allocate(PIECE);
        for (long at = 0; at < size; ) {
            bytes.position(at);
            piece.limit((int) Math.min(piece.capacity(), piece.position() + size - at));
            int count = bytes.read(piece);
            if (count < 0) {
                break;
            }
            at += count;
            CoderResult result = decoder.decode(piece.flip(), characters.clear(), at == size);
            if (result.isError()) {
                return false;
            }
            // What is left is the beginning of a character that the next piece goes on with.
            piece.compact();
        }
        return piece.position() == 0;
    }
}
