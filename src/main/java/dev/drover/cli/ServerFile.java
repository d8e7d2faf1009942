package dev.drover.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where commands find the server that works on a data folder: {@code server.url} in it. */
record ServerFile(Path data) {
    private Path file() {
        return data.resolve("server.url");
    }

    void write(URI url) {
        try {
            Path fresh = data.resolve("server.url.new");
            Files.writeString(fresh, url + "\n");
            Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's address; empty when none answers there, since a server that was killed leaves its file behind. */
    Optional<URI> find() {
        try {
            URI url = URI.create(Files.readString(file()).strip());
            return Optional.of(url).filter(DroverClient::isHealthy);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
