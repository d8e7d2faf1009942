package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.BoundedChannel;
import dev.drover.api.http.ByteRange;
import dev.drover.api.http.Call;
import dev.drover.api.http.Disposition;
import dev.drover.api.http.Operation;
import dev.drover.core.agent.Reached;
import dev.drover.core.computer.Workspace;
import dev.drover.core.machine.Machines;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** Files of agents' homes, byte by byte as they are wanted (contract, section 5.10). */
public final class TrinityDownloads {
    private static final String DOWNLOADING = "Failed to download file: ";
    private static final String BYTES = "application/octet-stream";

    private final Machines machines;
    private final TrinityAgentPath path;
    private final long most;

    /** @param most how large a file may be, in bytes */
    public TrinityDownloads(Machines machines, TrinityAgentPath path, long most) {
        this.machines = machines;
        this.path = path;
        this.most = most;
    }

    public Operation download() {
        return described("Download a file of an agent's home, or a range of it", call -> send(call, DOWNLOADING, null));
    }

    public Operation preview() {
        return described(
                "Download a file of an agent's home as the kind of content that its name tells",
                call -> send(call, "", TrinityDownloads::kind));
    }

    private static Operation described(String summary, dev.drover.api.http.Handler handler) {
        return Operation.of(summary, handler)
                .query("path", String.class, "The file, absolute or from the home")
                .header("Range", String.class, "One range of bytes, as bytes=0-499")
                .answersType(200, BYTES)
                .answersType(206, BYTES)
                .refuses(400, 403, 404, 413, 416, 422, 503);
    }

    /** What a name tells of the content. */
    @FunctionalInterface
    private interface Guess {
        String of(String name);
    }

    private static String kind(String name) {
        String guessed = URLConnection.guessContentTypeFromName(name);
        return guessed == null ? BYTES : guessed;
    }

    private Answer send(Call call, String prefix, @Nullable Guess guess) {
        Reached reached = path.forUse(call);
        String file = TrinityQuery.text(call, "path");
        Workspace workspace = machines.computer(reached.id()).workspace();
        return TrinityFileCall.with(prefix, file, () -> {
            Workspace.Opened opened = workspace.open(file.isEmpty() ? "." : file);
            try {
                return answer(opened, call, guess);
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        });
    }

    private Answer answer(Workspace.Opened opened, Call call, @Nullable Guess guess) throws IOException {
        Workspace.Stat stat = opened.stat();
        if (stat.size() > most) {
            throw TrinityFileCall.rejected(
                    413,
                    "File too large: '%s' has %d bytes, at most %d are sent".formatted(stat.path(), stat.size(), most));
        }
        ByteRange range = ByteRange.of(call.header("If-Range") == null ? call.header("Range") : null, stat.size());
        if (range.isOutside()) {
            opened.close();
            return TrinityError.answer(416, "The file has " + stat.size() + " bytes, and none in that range")
                    .with("Content-Range", "bytes */" + stat.size());
        }
        String type = guess == null ? type(opened.bytes(), stat.size()) : guess.of(stat.name());
        Answer answer = Answer.download(
                        range.isWhole() ? 200 : 206, type, range.length(), () -> from(opened.bytes(), range))
                .with("Accept-Ranges", "bytes")
                .with("Content-Disposition", Disposition.attachment(stat.name()));
        return range.isWhole() ? answer : answer.with("Content-Range", range.header(stat.size()));
    }

    /** Read once from end to end for this: a file is text only if all of it is. */
    private static String type(SeekableByteChannel bytes, long size) throws IOException {
        return TextScan.isText(bytes, size) ? "text/plain; charset=utf-8" : BYTES;
    }

    /** The file may have grown since: what was promised is sent, and no more. */
    private static InputStream from(SeekableByteChannel bytes, ByteRange range) {
        return new BoundedChannel(bytes, range.from(), range.length());
    }
}
