package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Layout;
import dev.drover.core.computer.ShellProgram;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of the host a computer sees, read-only: programs and what they need to run, and nothing secret. Every mount
 * delays a computer's start, so {@code /etc} is one folder of ours, the same for all, with few mounts in it.
 */
final class SystemFiles {
    /** The uid and gid of an agent as it sees itself, whatever they are on the host. */
    static final String UID_INSIDE = "1000";

    private static final List<String> TOP = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    /** Mounted: public certificates (not /etc/ssl/private), Debian's choices of programs, settings of programs. */
    private static final List<String> FOLDERS =
            List.of("ssl/certs", "pki", "alternatives", "fonts", "nodejs", "chromium.d");

    /** The browser that is packaged outside of /usr. */
    private static final String CHROME = "/opt/google/chrome";

    /** Copied. None tells of the host's users, mail, registries, keys or shell profiles. */
    private static final List<String> FILES = List.of(
            "ssl/openssl.cnf",
            "ld.so.cache",
            "ld.so.conf",
            "localtime",
            "timezone",
            "os-release",
            "debian_version",
            "mime.types",
            "magic",
            "services",
            "protocols",
            "inputrc");

    private static final Map<String, String> OWN = Map.of(
            "passwd",
            passwd(Layout.OF_RUN),
            "group",
            group(Layout.OF_RUN),
            "hosts",
            "127.0.0.1 localhost agent\n::1 localhost\n",
            "nsswitch.conf",
            "passwd: files\ngroup: files\nhosts: files\n");

    private final Path etc;

    SystemFiles(Path folder) {
        this.etc = folder.resolve("etc");
    }

    /** Fills our own folder and tells the arguments that bring all of it into a computer. */
    List<String> install() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--ro-bind", "/usr", "/usr", "--ro-bind", etc.toString(), "/etc"));
        passable(etc);
        for (Map.Entry<String, String> own : OWN.entrySet()) {
            ShellProgram.install(etc.resolve(own.getKey()), own.getValue());
        }
        for (String name : folders()) {
            if (Files.isDirectory(Path.of("/etc", name))) {
                passable(etc.resolve(name));
                arguments.addAll(List.of("--ro-bind", "/etc/" + name, "/etc/" + name));
            }
        }
        for (String name : FILES) {
            Path file = Path.of("/etc", name);
            if (Files.isReadable(file)) {
                passable(etc.resolve(name).resolveSibling(""));
                ShellProgram.install(etc.resolve(name), Files.readAllBytes(file));
            }
        }
        if (Files.isDirectory(Path.of(CHROME))) {
            arguments.addAll(List.of("--ro-bind", CHROME, CHROME));
        }
        TOP.forEach(name -> arguments.addAll(top(Path.of("/", name))));
        return List.copyOf(arguments);
    }

    /** Arguments that name whoever works inside, when that is not the usual one. */
    static List<String> people(Path folder, Layout layout) throws IOException {
        if (!layout.kept()) {
            return List.of();
        }
        Path passwd = folder.resolve(layout.user() + ".passwd");
        Path group = folder.resolve(layout.user() + ".group");
        if (Files.notExists(passwd) || Files.notExists(group)) {
            ShellProgram.install(passwd, passwd(layout));
            ShellProgram.install(group, group(layout));
        }
        return List.of("--ro-bind", passwd.toString(), "/etc/passwd", "--ro-bind", group.toString(), "/etc/group");
    }

    private static String passwd(Layout layout) {
        return """
                root:x:0:0:root:/nonexistent:/usr/sbin/nologin
                %s:x:%s:%s:%s:%s:/bin/sh
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                """.formatted(layout.user(), UID_INSIDE, UID_INSIDE, layout.user(), layout.home());
    }

    private static String group(Layout layout) {
        return "root:x:0:\n" + layout.user() + ":x:" + UID_INSIDE + ":\nnogroup:x:65534:\n";
    }

    private static List<String> top(Path folder) {
        try {
            return Files.isSymbolicLink(folder)
                    ? List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString())
                    : List.of("--ro-bind-try", folder.toString(), folder.toString());
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> folders() throws IOException {
        List<String> names = new ArrayList<>(FOLDERS);
        try (DirectoryStream<Path> versioned = Files.newDirectoryStream(Path.of("/etc"), "{python3*,java-*-openjdk}")) {
            versioned.forEach(path -> names.add(path.getFileName().toString()));
        }
        return names;
    }

    private static void passable(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
