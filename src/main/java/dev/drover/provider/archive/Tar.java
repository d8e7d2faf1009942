package dev.drover.provider.archive;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of GNU tar. */
final class Tar implements AutoCloseable {
    /** Its exit code when some file was not as it expected; above, it gave up. */
    private static final int SOME_DIFFER = 1;

    private static final int MOST_COMPLAINTS = 1_000;
    private static final String NAME = "tar: ";

    private final Process process;
    private final List<String> complaints = new ArrayList<>();
    private final Thread listener;

    private Tar(Process process) {
        this.process = process;
        this.listener = Thread.ofVirtual().name("tar-complaints").start(this::listen);
    }

    static Tar start(List<String> words) throws IOException {
        requireGnu();
        return new Tar(builder(words).start());
    }

    /** Writes all of it to the program's input; a program that reads no further has said why. */
    void give(byte[] input) {
        give(new ByteArrayInputStream(input));
    }

    void give(InputStream input) {
        try (OutputStream stdin = process.getOutputStream()) {
            input.transferTo(stdin);
        } catch (IOException e) {
            // Its exit code and its complaints tell the story.
        }
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Waits for the end and returns what was said on the way; throws when it gave up. */
    List<String> complaints() throws IOException {
        try {
            int code = process.waitFor();
            listener.join();
            if (code > SOME_DIFFER) {
                throw new IOException("tar gave up with code %d: %s"
                        .formatted(code, complaints.isEmpty() ? "it said nothing" : complaints.getFirst()));
            }
            return List.copyOf(complaints);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while tar was at work", e);
        }
    }

    /** Whoever reads no further leaves nothing running. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void listen() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (complaints.size() < MOST_COMPLAINTS) {
                    complaints.add(line.startsWith(NAME) ? line.substring(NAME.length()) : line);
                }
            }
        } catch (IOException e) {
            // It was ended on the way, by whoever wanted no more of it.
        }
    }

    static void requireGnu() throws IOException {
        String said;
        try {
            Process asked = builder(List.of("--version")).start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.UTF_8))) {
                said = String.valueOf(lines.readLine());
            } finally {
                asked.destroyForcibly().onExit().join();
            }
        } catch (IOException e) {
            throw new IOException("files are packed by GNU tar, and there is no tar here: install it", e);
        }
        if (!said.contains("GNU tar")) {
            throw new IOException("files are packed by GNU tar, and tar here is '%s': install it".formatted(said));
        }
    }

    /** In plain English, and without the server's own environment, which holds keys. */
    private static ProcessBuilder builder(List<String> words) {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
