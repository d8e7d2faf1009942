package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import dev.drover.core.model.ModelProfile;
import java.util.List;
import java.util.Optional;

/** The connections that exist by themselves: everybody may use them, nobody changes them. */
public final class ServerConnections {
    private final List<ModelConnection> all;

    /** @throws IllegalArgumentException when one has a number of users' connections */
    public ServerConnections(List<ModelConnection> all) {
        for (ModelConnection each : all) {
            if (!isNumberOf(each.id())) {
                throw new IllegalArgumentException("connection " + each.id() + " has a number of users' connections");
            }
        }
        this.all = List.copyOf(all);
    }

    static boolean isNumberOf(ConnectionId id) {
        return id.value() < ModelConnection.FIRST_OF_USERS;
    }

    List<ModelConnection> all() {
        return all;
    }

    Optional<ModelConnection> find(ConnectionId id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The one behind the profile that agents have who name none. */
    ModelConnection usual() {
        return ofProfile(ModelProfile.DEFAULT)
                .orElseThrow(() -> new IllegalStateException("no connection has profile " + ModelProfile.DEFAULT));
    }

    Optional<ModelConnection> ofProfile(String name) {
        return all.stream()
                .filter(each -> each.profiles().stream()
                        .anyMatch(profile -> profile.name().equals(name)))
                .findFirst();
    }
}
