package dev.drover.core.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A shell or a command inside a computer, whoever talks with it and over what: one thread takes what is said, others
 * may type. Whoever takes nothing holds it back, and nobody else.
 */
public final class Session implements AutoCloseable {
    private static final int LARGEST_PIECE = 32 * 1024;
    private static final int LARGEST_FRAME = 128 * 1024;

    private final Dialogue dialogue;
    private final DataInputStream input;

    private Session(Dialogue dialogue) {
        this.dialogue = dialogue;
        this.input = new DataInputStream(new BufferedInputStream(dialogue.input()));
    }

    public static Session open(Computer computer, SessionOrder order) throws ComputerFailure, InterruptedException {
        return new Session(computer.converse(InsideProgram.session(order), order.environment()));
    }

    /** Blocks until there is something; an end that nobody told is one by KILL. */
    public Said next() throws IOException {
        try {
            while (true) {
                char kind = (char) input.readByte();
                int length = input.readInt();
                if (length < 0 || length > LARGEST_FRAME) {
                    throw new IOException("a session said " + length + " bytes at once, at most " + LARGEST_FRAME
                            + " are expected: somebody inside has taken it over");
                }
                Said said = said(kind, input.readNBytes(length));
                if (said != null) {
                    return said;
                }
            }
        } catch (EOFException e) {
            return new Said.Exit(128 + 9);
        }
    }

    /** Types; blocks while the other side does not read. */
    public void type(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += LARGEST_PIECE) {
            send('d', bytes, offset + at, Math.min(LARGEST_PIECE, length - at));
        }
    }

    /** Nothing more will be typed. */
    public void endInput() throws IOException {
        send('e', "");
    }

    public void resize(Window window) throws IOException {
        send('w', window.lines() + " " + window.columns());
    }

    /** Sends a signal, such as {@code INT}, to what was started. */
    public void signal(String name) throws IOException {
        send('s', name);
    }

    /** TERM to all that was started, KILL two seconds later; what is still said can be taken, and so can the end. */
    public void terminate() throws IOException {
        send('t', "");
    }

    /** What the session's own program had to say for itself when it did not start. */
    public String complaints() {
        return dialogue.complaints();
    }

    /** Hangs up: what was started ends. Does not wait for that. */
    @Override
    public void close() {
        dialogue.close();
    }

    private static @Nullable Said said(char kind, byte[] body) throws IOException {
        return switch (kind) {
            case 'o' -> new Said.Output(body);
            case 'e' -> new Said.Complaint(body);
            case 'x' -> new Said.Exit(number(new String(body, US_ASCII)));
            default -> null;
        };
    }

    /** What runs inside may say anything in the name of the session. */
    private static int number(String text) throws IOException {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IOException("a session ended with '" + text + "' where an exit code is expected");
        }
        return Integer.parseInt(text);
    }

    private void send(char kind, String text) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        send(kind, bytes, 0, bytes.length);
    }

    private synchronized void send(char kind, byte[] bytes, int offset, int length) throws IOException {
        byte[] frame = new byte[5 + length];
        ByteBuffer.wrap(frame).put((byte) kind).putInt(length).put(bytes, offset, length);
        dialogue.output().write(frame);
    }
}
