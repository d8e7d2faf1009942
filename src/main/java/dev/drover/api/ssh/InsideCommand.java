package dev.drover.api.ssh;

import dev.drover.core.computer.ComputerFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** What a client asked for on one channel, done inside the computer: two virtual threads, one each way. */
abstract class InsideCommand implements Command {
    private static final int CANNOT = 255;
    private static final int PIECE = 32 * 1024;

    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;
    private @Nullable Thread speaker;
    private boolean gone;

    /** Begins what was asked for. */
    abstract void begin(Environment environment) throws ComputerFailure, InterruptedException;

    /** Passes on what it says until it ends; with which exit code. */
    abstract int speak(OutputStream out, OutputStream err) throws IOException;

    /** Passes on what the client types; null when there is no more. */
    abstract void type(byte @Nullable [] bytes, int length) throws IOException;

    /** The client is gone. Also when it has not begun. */
    abstract void hangUp();

    @Override
    public final void start(ChannelSession channel, Environment environment) {
        speaker = Thread.ofVirtual().name("ssh-speak").start(() -> run(environment));
    }

    @Override
    public final void destroy(ChannelSession channel) {
        synchronized (this) {
            gone = true;
        }
        hangUp();
        Thread waiting = speaker;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    private void run(Environment environment) {
        OutputStream answer = required(out);
        OutputStream complaint = required(err);
        int code = CANNOT;
        try {
            begin(environment);
            synchronized (this) {
                if (gone) {
                    hangUp();
                }
            }
            Thread.ofVirtual().name("ssh-type").start(this::listen);
            code = speak(answer, complaint);
        } catch (ComputerFailure | RuntimeException e) {
            tell(complaint, Optional.ofNullable(e.getMessage()).orElse("the computer failed"));
        } catch (IOException | InterruptedException e) {
            // The client went away, or the computer did; either way nobody is left to be told more.
        } finally {
            required(exit).onExit(code);
        }
    }

    private void listen() {
        byte[] bytes = new byte[PIECE];
        InputStream typed = required(in);
        try {
            for (int count = typed.read(bytes); count >= 0; count = typed.read(bytes)) {
                type(bytes, count);
            }
            type(null, 0);
        } catch (IOException e) {
            // It ended while the client was still typing.
        }
    }

    private static void tell(OutputStream complaint, String what) {
        try {
            complaint.write((what + "\r\n").getBytes(StandardCharsets.UTF_8));
            complaint.flush();
        } catch (IOException e) {
            // Nobody listens.
        }
    }

    private static <T> T required(@Nullable T thing) {
        if (thing == null) {
            throw new IllegalStateException("a command was started before it got its streams");
        }
        return thing;
    }

    @Override
    public final void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public final void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public final void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public final void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
