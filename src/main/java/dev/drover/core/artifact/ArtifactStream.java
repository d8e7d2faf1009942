package dev.drover.core.artifact;

import java.io.IOException;
import java.io.InputStream;

/** Reads a kept file a piece at a time: between two pieces it holds nothing, however slowly somebody reads. */
final class ArtifactStream extends InputStream {
    private final ArtifactStore store;
    private final Artifact artifact;
    private final long end;
    private long place;
    private byte[] piece = new byte[0];
    private int loaded = -1;

    ArtifactStream(ArtifactStore store, Artifact artifact, long from, long to) {
        this.store = store;
        this.artifact = artifact;
        this.place = from;
        this.end = to;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (place >= end) {
            return -1;
        }
        int within = (int) (place % ArtifactWriter.PIECE);
        load((int) (place / ArtifactWriter.PIECE));
        int count = (int) Math.min(Math.min(length, piece.length - within), end - place);
        System.arraycopy(piece, within, into, offset, count);
        place += count;
        return count;
    }

    private void load(int ordinal) throws IOException {
        if (loaded != ordinal) {
            piece = store.piece(artifact.id(), ordinal)
                    .orElseThrow(() -> new IOException("artifact " + artifact.id() + " was deleted meanwhile"));
            loaded = ordinal;
        }
    }
}
