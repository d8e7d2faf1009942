package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.Workspace;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the inside of a pod for work, a piece a channel; {@code files.pl} does it there. */
final class PodFiles {
    private static final int LONGEST_ANSWER = 1 << 20;

    private final Supplier<@Nullable PodLine> lines;

    /** @param lines gives the line that there is at the moment, or null */
    PodFiles(Supplier<@Nullable PodLine> lines) {
        this.lines = lines;
    }

    /** An answer that was no refusal, and what follows on the channel. */
    record Answer(List<String> words, LineChannel channel, DataInputStream rest) implements AutoCloseable {
        String word(int number) throws IOException {
            if (number >= words.size()) {
                throw new IOException("the computer answered " + words.size() + " words, more were expected");
            }
            return words.get(number);
        }

        long number(int number) throws IOException {
            try {
                return (long) Double.parseDouble(word(number));
            } catch (NumberFormatException e) {
                throw new IOException("the computer answered '" + word(number) + "', a number was expected", e);
            }
        }

        double fraction(int number) throws IOException {
            try {
                return Double.parseDouble(word(number));
            } catch (NumberFormatException e) {
                throw new IOException("the computer answered '" + word(number) + "', a number was expected", e);
            }
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    /** It refused, in its own words. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        private final String kind;

        Refusal(String kind, String reason) {
            super(reason);
            this.kind = kind;
        }

        String kind() {
            return kind;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** Work without bytes that follow. */
    Answer ask(String... words) throws IOException {
        return ask(InputStream.nullInputStream(), words);
    }

    /** Work with bytes; what refuses early is heard although they have not all been taken. */
    Answer ask(InputStream bytes, String... words) throws IOException {
        PodLine line = line();
        LineChannel channel = line.work();
        boolean answered = false;
        try {
            byte[] asked = String.join("\0", words).getBytes(StandardCharsets.UTF_8);
            OutputStream output = channel.output();
            output.write(ByteBuffer.allocate(4 + asked.length)
                    .putInt(asked.length)
                    .put(asked)
                    .array());
            send(bytes, output);
            DataInputStream input = new DataInputStream(channel.input());
            int length = input.readInt();
            if (length < 0 || length > LONGEST_ANSWER) {
                throw new IOException("the computer gave an answer of " + length + " bytes");
            }
            String answer = new String(input.readNBytes(length), StandardCharsets.UTF_8);
            List<String> all = List.of(answer.split("\0", -1));
            if (!all.getFirst().equals("ok")) {
                throw new Refusal(all.getFirst(), all.size() > 1 ? all.get(1) : "");
            }
            answered = true;
            return new Answer(all, channel, input);
        } catch (EOFException e) {
            String said = line.complaints().strip();
            throw new IOException(
                    "the computer went away while it was asked for files" + (said.isEmpty() ? "" : ": " + said), e);
        } finally {
            if (!answered) {
                channel.close();
            }
        }
    }

    private PodLine line() throws IOException {
        try {
            PodLine line = lines.get();
            if (line != null) {
                return line;
            }
        } catch (UncheckedIOException e) {
            throw new IOException("the files cannot be looked at: " + e.getMessage(), e);
        }
        throw new IOException("the computer is not up, and its files are not to be seen");
    }

    /** Until nobody takes them any more: then an answer says why. */
    private static void send(InputStream bytes, OutputStream output) throws IOException {
        byte[] part = new byte[32_768];
        for (int count = bytes.read(part); count >= 0; count = bytes.read(part)) {
            try {
                output.write(part, 0, count);
            } catch (LineChannel.HungUp e) {
                return;
            }
        }
    }

    /** What a refusal means for somebody who named a path. */
    static IOException meaning(String path, Refusal refusal) {
        return switch (refusal.kind()) {
            case "missing" ->
                new Workspace.Missing(
                        refusal.reason().endsWith("is not a folder")
                                ? "'" + path + "': " + refusal.reason()
                                : "there is no '" + path + "' in the workspace",
                        refusal);
            default -> new IOException("'" + path + "': " + refusal.reason(), refusal);
        };
    }
}
