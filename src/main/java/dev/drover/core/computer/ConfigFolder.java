package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** What a computer is told of its agent: files that can only be read inside, written before it opens. */
public final class ConfigFolder {
    /** Where it is inside. */
    public static final String INSIDE = "/config";

    private ConfigFolder() {}

    /** Makes the folder hold these files and no others, by their names. */
    public static void write(AgentFolder agent, Map<String, String> files) throws IOException {
        Path folder = agent.config();
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder)) {
            for (Path each : old) {
                if (!files.containsKey(each.getFileName().toString())) {
                    Files.delete(each);
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            ShellProgram.install(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
