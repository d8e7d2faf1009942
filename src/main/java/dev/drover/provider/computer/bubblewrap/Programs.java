package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.ComputerFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs of the host that a computer is made with. */
final class Programs {
    private Programs() {}

    /** Refuses when one is missing; says which, and how to get it. */
    static void require(boolean root) throws ComputerFailure {
        require(root, List.of(BubblewrapCommand.PATH.split(":", -1)));
    }

    static void require(boolean root, List<String> folders) throws ComputerFailure {
        Map<String, String> packages = new LinkedHashMap<>();
        packages.put("bwrap", "bubblewrap");
        packages.put("socat", "socat");
        packages.put("perl", "perl-base");
        packages.put("prlimit", "util-linux");
        if (root) {
            packages.put("setpriv", "util-linux");
        }
        packages.keySet()
                .removeIf(program -> folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
        if (!packages.isEmpty()) {
            throw new ComputerFailure("missing here: " + String.join(", ", packages.keySet())
                    + "; run 'apt-get install -y "
                    + String.join(" ", packages.values().stream().distinct().toList()) + "'");
        }
    }
}
