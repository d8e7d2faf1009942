package dev.drover.core.access;

import dev.drover.core.access.IdentityProvider.Departure;
import dev.drover.core.access.IdentityProvider.Identity;
import dev.drover.core.access.IdentityProvider.Journey;
import dev.drover.core.audit.Audit;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Logs people in by what a provider of identities says; whoever is new is a user from now on. */
public final class ProviderLogin {
    private final IdentityProvider provider;
    private final Set<String> admins;
    private final Members members;
    private final Sessions sessions;
    private final Audit audit;

    /** @param admins the addresses of those who administer the server */
    public ProviderLogin(
            IdentityProvider provider, Set<String> admins, Members members, Sessions sessions, Audit audit) {
        this.provider = provider;
        this.admins = Set.copyOf(admins);
        this.members = members;
        this.sessions = sessions;
        this.audit = audit;
    }

    public String name() {
        return provider.name();
    }

    public Departure depart(URI callback) {
        return provider.depart(callback);
    }

    public Sessions.Opened arrive(Journey journey, Map<String, String> answer, URI callback, Visitor from) {
        Identity identity = provider.arrive(journey, answer, callback);
        String address = LoginEmails.address(identity.email());
        return sessions.open(promoted(members.of(address), address), "oidc", from);
    }

    private User promoted(User user, String address) {
        if (user.role() == Role.ADMIN || !admins.contains(address)) {
            return user;
        }
        audit.record("provider:" + provider.name(), "user.role", user.id().toString(), "user to admin");
        return members.promote(user);
    }
}
