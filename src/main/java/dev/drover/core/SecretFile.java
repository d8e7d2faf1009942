package dev.drover.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A secret of the server itself, kept in a file that only its owner may read. */
public final class SecretFile {
    private SecretFile() {}

    /** What the file holds; made and written first when there is no file. */
    public static String keep(Path file, Supplier<String> maker) {
        try {
            if (Files.notExists(file)) {
                write(file, maker.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot keep the secret in %s (%s): start as the user who owns it, or mend its mode (0600)"
                            .formatted(file, reason(e)),
                    e);
        }
    }

    /** 256 random bits in hex. */
    public static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Put into place when it is on the disk, so that a crash leaves a whole file or none; whoever else makes one at the
     * same time comes first or finds this one.
     */
    private static void write(Path file, String secret) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(fresh, options, ownerOnly)) {
            channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException another) {
            // That one counts.
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e.getClass().getSimpleName();
    }
}
