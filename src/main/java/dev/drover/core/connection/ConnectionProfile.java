package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A profile by its name, {@code <connection>/<model>}; models may have slashes in theirs. */
record ConnectionProfile(ConnectionId connection, String model) {
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})/([!-~]{1,200})");

    static Optional<ConnectionProfile> read(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new ConnectionProfile(new ConnectionId(Integer.parseInt(parts.group(1))), parts.group(2)))
                : Optional.empty();
    }

    String name() {
        return connection + "/" + model;
    }
}
