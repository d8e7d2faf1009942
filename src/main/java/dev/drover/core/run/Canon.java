package dev.drover.core.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What entries mean, in one spelling: without times and durations, which no two runs share. */
record Canon(EventCodec codec) {
    /** Pieces of replies mean nothing that the reply does not say again. */
    static boolean counts(Entry entry) {
        return !(entry instanceof Entry.ModelSpoke);
    }

    String of(Entry entry) {
        return EventKind.of(entry).word() + " " + codec.write(timeless(entry)).text();
    }

    private static Entry timeless(Entry entry) {
        return switch (entry) {
            case Entry.ToolReturned returned ->
                new Entry.ToolReturned(
                        returned.iteration(),
                        returned.callId(),
                        returned.tool(),
                        returned.output(),
                        returned.isError(),
                        returned.inDoubt(),
                        0);
            case Entry.ModelFailed failed ->
                new Entry.ModelFailed(
                        failed.iteration(), failed.attempt(), failed.reason(), failed.nextTry() == null ? null : 0L);
            default -> entry;
        };
    }

    /** SHA-256 over all that counts, in its order. */
    String hash(List<Entry> entries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            entries.stream()
                    .filter(Canon::counts)
                    .forEach(entry -> digest.update((of(entry) + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
