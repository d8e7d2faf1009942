package dev.drover.api.ssh;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.id.AgentId;
import dev.drover.core.terminal.Reception;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.jspecify.annotations.Nullable;

/** SFTP: the client talks straight with a server of files inside the computer. */
final class FilesCommand extends InsideCommand {
    private static final int PIECE = 64 * 1024;

    private final Reception reception;
    private final AgentId agent;
    private volatile @Nullable Dialogue dialogue;
    private volatile boolean done;

    FilesCommand(Reception reception, AgentId agent) {
        this.reception = reception;
        this.agent = agent;
    }

    @Override
    void begin(Environment environment) throws ComputerFailure, InterruptedException {
        dialogue = reception.files(agent);
    }

    @Override
    int speak(OutputStream out, OutputStream err) throws IOException {
        InputStream input = required().input();
        byte[] bytes = new byte[PIECE];
        try {
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                out.write(bytes, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            if (!done) {
                throw e;
            }
        }
        return 0;
    }

    @Override
    void type(byte @Nullable [] bytes, int length) throws IOException {
        if (bytes == null) {
            // A client says so when it has all its answers.
            done = true;
            hangUp();
        } else {
            required().output().write(bytes, 0, length);
        }
    }

    @Override
    void hangUp() {
        Dialogue current = dialogue;
        if (current != null) {
            current.close();
        }
    }

    private Dialogue required() {
        Dialogue current = dialogue;
        if (current == null) {
            throw new IllegalStateException("the file server has not begun");
        }
        return current;
    }
}
