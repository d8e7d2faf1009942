package dev.drover.core.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Programs of ours that run inside a computer; they go in with the command line, so no computer has to hold them. */
final class InsideProgram {
    private static final String SESSION = load("session.pl");
    private static final String FILES = load("sftp.pl");

    private InsideProgram() {}

    static String session(SessionOrder order) {
        Window window = order.window();
        String size = window == null ? " 0 0" : " " + window.lines() + " " + window.columns();
        String command = order.command();
        return perl(SESSION) + " " + setsid() + size + (command == null ? "" : " " + quoted(command));
    }

    static String files() {
        return perl(FILES);
    }

    private static String perl(String program) {
        return "exec perl -e " + quoted(program);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The number of the system call, since Perl without its modules does not know it. */
    private static int setsid() {
        return System.getProperty("os.arch").equals("aarch64") ? 157 : 112;
    }

    private static String load(String name) {
        try (InputStream program =
                Objects.requireNonNull(InsideProgram.class.getResourceAsStream(name), "resource " + name)) {
            return new String(program.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
