package dev.drover.provider.computer.bubblewrap;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of the host a computer sees, read-only: programs and what they need to run, nothing that is secret. */
final class SystemFiles {
    private static final List<String> TOP = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    /** Public certificates but not /etc/ssl/private; no host names, users, mail, registries or profiles of it. */
    private static final List<String> SETTINGS = List.of(
            "ssl/certs",
            "ssl/openssl.cnf",
            "pki/tls/certs",
            "pki/ca-trust/extracted",
            "alternatives",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "localtime",
            "timezone",
            "os-release",
            "debian_version",
            "mime.types",
            "magic",
            "services",
            "protocols",
            "fonts",
            "terminfo",
            "inputrc",
            "perl");

    private SystemFiles() {}

    /** The arguments that bring it into a computer; {@code /etc} is a folder in it already. */
    static List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
        for (String name : TOP) {
            Path folder = Path.of("/", name);
            if (Files.isSymbolicLink(folder)) {
                arguments.addAll(
                        List.of("--symlink", Files.readSymbolicLink(folder).toString(), "/" + name));
            } else if (Files.exists(folder)) {
                arguments.addAll(List.of("--ro-bind", "/" + name, "/" + name));
            }
        }
        for (String name : settings()) {
            if (Files.exists(Path.of("/etc", name))) {
                arguments.addAll(List.of("--ro-bind", "/etc/" + name, "/etc/" + name));
            }
        }
        return List.copyOf(arguments);
    }

    private static List<String> settings() throws IOException {
        List<String> names = new ArrayList<>(SETTINGS);
        try (DirectoryStream<Path> versioned =
                Files.newDirectoryStream(Path.of("/etc"), "{python3*,java-*-openjdk,nodejs}")) {
            versioned.forEach(path -> names.add(path.getFileName().toString()));
        }
        return names;
    }
}
