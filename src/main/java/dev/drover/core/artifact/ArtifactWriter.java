package dev.drover.core.artifact;

import dev.drover.core.Transactions;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ArtifactId;
import dev.drover.core.id.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;

/** Stores a file piece by piece in one transaction, so that it is seen whole or not at all. */
final class ArtifactWriter {
    static final int PIECE = 256 * 1024;

    private final ArtifactStore store;
    private final Transactions transactions;
    private final Ids ids;
    private final Clock clock;

    ArtifactWriter(ArtifactStore store, Transactions transactions, Ids ids, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    boolean write(AgentId agent, String path, InputStream bytes, long most) {
        try {
            transactions.run(() -> writeAll(agent, path, bytes, most));
            return true;
        } catch (TooMuch e) {
            return false;
        }
    }

    private void writeAll(AgentId agent, String path, InputStream bytes, long most) {
        ArtifactId id = new ArtifactId(ids.next());
        MessageDigest digest = sha256();
        long size = 0;
        int ordinal = 0;
        for (byte[] piece = next(bytes); piece.length > 0; piece = next(bytes)) {
            size += piece.length;
            if (size > most) {
                throw new TooMuch();
            }
            digest.update(piece);
            store.insertPiece(id, ordinal++, piece);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        store.insert(new Artifact(id, agent, path, size, MimeTypes.of(path), hash, clock.instant()));
    }

    private static byte[] next(InputStream bytes) {
        try {
            return bytes.readNBytes(PIECE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Rolls the file back. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
