package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Content;
import dev.drover.api.http.JsonCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Answers with a tag of their content, so that whoever asks again need not read the same (contract, 15.28). */
final class TrinityTag {
    private static final int LENGTH = 32;

    private TrinityTag() {}

    static Answer tagged(Call call, Object value) {
        byte[] bytes = JsonCodec.bytes(value);
        String tag = "\"" + hash(bytes).substring(0, LENGTH) + "\"";
        String known = call.header("If-None-Match");
        boolean isKnown = known != null
                && Arrays.stream(known.split(",", -1))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(tag) || each.equals("*"));
        Answer answer =
                isKnown ? new Answer(304, Map.of(), new Content.None()) : Answer.bytes(200, "application/json", bytes);
        return answer.with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
