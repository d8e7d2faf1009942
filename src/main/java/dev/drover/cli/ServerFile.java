package dev.drover.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where commands find a server that works on a data folder: {@code server.url} in it. Servers that share the folder
 * have a file each beside it, in {@code servers}.
 */
record ServerFile(Path data) {
    private Path file() {
        return data.resolve("server.url");
    }

    private Path own(URI url) {
        return data.resolve("servers").resolve(url.getHost() + "-" + url.getPort() + ".url");
    }

    void write(URI url) {
        write(file(), url);
    }

    /** The same for one of several; the newest is found first. */
    void writeBesideOthers(URI url) {
        try {
            Files.createDirectories(own(url).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(own(url), url);
        write(file(), url);
    }

    private static void write(Path file, URI url) {
        try {
            Path fresh = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
            Files.writeString(fresh, url + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What says that the server is there; what says so of others stays. */
    void remove(URI url) {
        try {
            Files.deleteIfExists(own(url));
            if (read(file()).filter(url::equals).isPresent()) {
                Files.deleteIfExists(file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server's address; empty when none answers, since a server that was killed leaves its file behind. */
    Optional<URI> find() {
        return Stream.concat(Stream.of(file()), others())
                .flatMap(known -> read(known).stream())
                .distinct()
                .filter(DroverClient::isHealthy)
                .findFirst();
    }

    private Stream<Path> others() {
        try (Stream<Path> files = Files.list(data.resolve("servers"))) {
            return files.filter(file -> file.toString().endsWith(".url")).sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Optional<URI> read(Path file) {
        try {
            return Optional.of(URI.create(Files.readString(file).strip()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
