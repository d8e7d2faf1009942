package dev.drover.provider.tool.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.computer.Workspace;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import dev.drover.provider.tool.ToolJson;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What the four file tools have in common: a path, a workspace, and the same two ways to go wrong. */
final class FileCall {
    private FileCall() {}

    static ToolSpec spec(String name, String description, String inputSchema) {
        return new ToolSpec(name, "Files", "operation", description, new Json(inputSchema));
    }

    static Json run(Json input, ToolContext context, String defaultPath, Operation operation) throws ToolRefusal {
        ObjectNode arguments = ToolJson.read(input);
        String path = arguments.path("path").asText(defaultPath);
        try {
            ObjectNode result = ToolJson.object().put("path", path);
            operation.run(context.computer().workspace(), path, arguments, result);
            return ToolJson.write(result);
        } catch (Workspace.PathRefused refused) {
            throw ToolRefusal.rejected(String.valueOf(refused.getMessage()));
        } catch (IOException e) {
            throw ToolRefusal.failed("'" + path + "' " + reason(e));
        }
    }

    /** The exceptions of the file system name paths of the host, which are nobody's business in here. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "does not exist";
            case NotDirectoryException file -> "is not a folder";
            case DirectoryNotEmptyException full -> "is a folder that is not empty";
            case FileSystemException other when other.getReason() == null -> "could not be used";
            case FileSystemException other -> "could not be used: " + other.getReason();
            default -> "could not be used: " + e.getMessage();
        };
    }

    /** Does the work and adds to the result. */
    interface Operation {
        void run(Workspace workspace, String path, ObjectNode arguments, ObjectNode result)
                throws Workspace.PathRefused, ToolRefusal, IOException;
    }
}
