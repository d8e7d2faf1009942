package dev.drover.core.access;

import dev.drover.core.Page;
import dev.drover.core.id.CredentialId;
import org.jspecify.annotations.Nullable;

/** Tells who is calling, logs people in, and issues and revokes keys. */
public final class Access {
    /** The caller behind a credential as it came; refused when it is unknown, expired or revoked. */
    public Caller identify(String credential) {
        return unbuilt(credential);
    }

    /**
     * Checks a password and answers a signed token.
     *
     * @param address where the request came from, for the limit on failed tries (Trinity contract, section 3.2)
     */
    public String login(String user, String password, String address) {
        return unbuilt(user, password, address);
    }

    public ApiKey.Issued issue(Caller caller, IssueKey order) {
        return unbuilt(caller, order);
    }

    /** The caller's keys, newest first, after the one given. */
    public Page<ApiKey> keys(Caller caller, boolean revokedToo, int limit, @Nullable CredentialId after) {
        return unbuilt(caller, revokedToo, limit, String.valueOf(after));
    }

    public ApiKey key(Caller caller, CredentialId id) {
        return unbuilt(caller, id);
    }

    /** From the next request on the key is unknown; a revoked one stays as it is. */
    public void revoke(Caller caller, CredentialId id) {
        unbuilt(caller, id);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T unbuilt(Object... what) {
        throw new IllegalStateException("not built: " + what.length);
    }
}
