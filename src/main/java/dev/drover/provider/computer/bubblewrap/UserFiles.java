package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.ShellProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The few files in a computer's /etc that are its own, in place of the host's. */
final class UserFiles {
    static final List<String> NAMES = List.of("passwd", "group", "hosts", "nsswitch.conf");

    private UserFiles() {}

    static Path folder(AgentFolder agent) {
        return agent.root().resolve("etc");
    }

    static void install(AgentFolder agent, Owner owner) throws IOException {
        int uid = owner instanceof Owner.Apart(int own) ? own : HostUids.own();
        Files.createDirectories(folder(agent));
        Files.setPosixFilePermissions(folder(agent), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : NAMES) {
            ShellProgram.install(folder(agent).resolve(name), text(name, uid).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(String name, int uid) {
        return switch (name) {
            case "passwd" ->
                "root:x:0:0:root:/nonexistent:/usr/sbin/nologin\nagent:x:" + uid + ":" + uid
                        + ":agent:/workspace:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";
            case "group" -> "root:x:0:\nagent:x:" + uid + ":\nnogroup:x:65534:\n";
            case "hosts" -> "127.0.0.1 localhost agent\n::1 localhost\n";
            case "nsswitch.conf" -> "passwd: files\ngroup: files\nhosts: files\n";
            default -> throw new IllegalArgumentException("no text for /etc/" + name);
        };
    }
}
