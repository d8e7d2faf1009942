package dev.drover.core.terminal;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import java.util.Map;

/** Serves a computer's files by SFTP, version 3, from inside it: as the agent's own user, under all its limits. */
public final class FileServer {
    private FileServer() {}

    /** The server's side of the protocol. */
    public static Dialogue open(Computer computer) throws ComputerFailure, InterruptedException {
        return computer.converse(InsideProgram.files(), Map.of());
    }
}
