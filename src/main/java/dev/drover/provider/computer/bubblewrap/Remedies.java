package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.ComputerFailure;
import java.util.List;

/** What to do when bubblewrap is there and refused. */
final class Remedies {
    private static final List<String> REFUSALS = List.of(
            "No permissions to create",
            "setting up uid map",
            "Operation not permitted",
            "Creating new namespace failed");

    private static final String ALLOW_NAMESPACES =
            "the kernel, or the container this server runs in, refuses namespaces to ordinary users; allow them (sysctl"
                    + " kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0,"
                    + " user.max_user_namespaces above 0; a container must be privileged), or choose"
                    + " DROVER_COMPUTERS=docker, or, without any isolation, DROVER_COMPUTERS=process";

    private Remedies() {}

    /** The same failure with its remedy, if one is known. */
    static ComputerFailure with(ComputerFailure failure) {
        String message = String.valueOf(failure.getMessage());
        return REFUSALS.stream().anyMatch(message::contains)
                ? new ComputerFailure(message + "; " + ALLOW_NAMESPACES, failure)
                : failure;
    }
}
