package dev.drover.provider.database;

import dev.drover.core.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that come as an archive on the class path, unpacked once into the data folder. */
final class PostgresBinaries {
    /** The version in the POM. */
    static final String VERSION = "18.6.0";

    static final String MAJOR = "18";

    private PostgresBinaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}; whole, since it is renamed into place last. */
    static Path unpacked(Path data) {
        Path home = data.resolve("postgres-" + VERSION);
        try {
            URLConnection archive = archive();
            String stamp = stamp(archive);
            Path stamped = home.resolve("archive.stamp");
            if (Files.exists(stamped) && Files.readString(stamped).equals(stamp)) {
                return home;
            }
            Path fresh = data.resolve("postgres-" + VERSION + ".new");
            delete(fresh);
            Files.createDirectory(fresh);
            passable(fresh);
            try (InputStream content = archive.getInputStream()) {
                unpack(content, fresh);
            }
            Files.writeString(fresh.resolve(stamped.getFileName()), stamp);
            flush(fresh);
            delete(home);
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            return home;
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot unpack PostgreSQL %s into %s: %s; it needs 60 MB there".formatted(VERSION, home, e), e);
        }
    }

    private static URLConnection archive() throws IOException {
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> "none";
        };
        String name = "/postgres-linux-" + machine + ".txz";
        URL url = PostgresBinaries.class.getResource(name);
        if (url == null) {
            throw new StartFailure(
                    "no PostgreSQL comes along for %s %s: give one (15 or later) with DROVER_DATABASE_URL"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }

    /** The checksum that the jar already holds: reading 15 MB at every start would cost more than the start. */
    private static String stamp(URLConnection archive) throws IOException {
        long checksum =
                archive instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : 0;
        return "%08x %d%n".formatted(checksum, archive.getContentLengthLong());
    }

    private static void unpack(InputStream content, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(content)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("the archive leads outside: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path parent = target.getParent();
        if (parent != null && Files.notExists(parent)) {
            Files.createDirectories(parent);
            passable(parent);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            passable(target);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean program = target.getParent() != null && target.getParent().endsWith("bin");
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Whatever the umask: the database runs as another user. */
    private static void passable(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Before the rename, or a power cut could leave a folder that looks whole and has empty files. */
    private static void flush(Path folder) throws IOException {
        Command.run(List.of("sync", "-f", folder.toString()), "");
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
