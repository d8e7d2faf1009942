package dev.drover.api.http;

import java.nio.charset.StandardCharsets;

/**
 * A piece of a body without a known length, with what HTTP/1.1 puts around it (RFC 9112, section 7.1): once for all who
 * are sent it.
 *
 * @param bytes with what is put around it; nobody may change them
 * @param from where the piece itself begins
 * @param length its own
 */
record Chunk(byte[] bytes, int from, int length) {
    static Chunk of(String text) {
        byte[] piece = text.getBytes(StandardCharsets.UTF_8);
        byte[] size = (Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[size.length + piece.length + 2];
        System.arraycopy(size, 0, bytes, 0, size.length);
        System.arraycopy(piece, 0, bytes, size.length, piece.length);
        bytes[bytes.length - 2] = '\r';
        bytes[bytes.length - 1] = '\n';
        return new Chunk(bytes, size.length, piece.length);
    }
}
