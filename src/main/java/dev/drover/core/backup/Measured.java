package dev.drover.core.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts what passes, and takes its checksum; closing it closes nothing. */
final class Measured extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest;
    private long bytes;

    Measured(OutputStream out) {
        this.out = out;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        digest.update(source, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Once, when everything has passed. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
