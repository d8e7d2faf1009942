package dev.drover.provider.tool.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/** What tools of servers are called here: in letters that every vendor takes, short enough with a dialect's prefix. */
final class McpName {
    /** 64, as the vendors have it, less the prefix. */
    private static final int LONGEST = 56;

    private McpName() {}

    /** A name that is not taken yet; what had to be cut or cleaned away tells two apart by a check sum. */
    static String of(String server, String tool, Set<String> taken) {
        String plain = "mcp_" + cleaned(server) + "_" + cleaned(tool);
        if (plain.length() <= LONGEST && taken.add(plain)) {
            return plain;
        }
        CRC32 sum = new CRC32();
        sum.update((server + "\0" + tool).getBytes(StandardCharsets.UTF_8));
        String tail = "_%08x".formatted(sum.getValue());
        String name = plain.substring(0, Math.min(plain.length(), LONGEST - tail.length())) + tail;
        taken.add(name);
        return name;
    }

    private static String cleaned(String word) {
        return word.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
