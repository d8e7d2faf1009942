package dev.drover.core.credential;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.StartFailure;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Seals under the root key, and only under the one that everything in this database is sealed with: the first that
 * sealed anything. A server with another key would leave what its neighbours cannot read.
 */
public final class Vault {
    private final Sealing sealing;
    private final VaultStore store;
    private final Clock clock;

    public Vault(Sealing sealing, VaultStore store, Clock clock) {
        this.sealing = sealing;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Says at start that nothing can be opened here.
     *
     * @throws StartFailure when this database is sealed with another root key
     */
    public void refuseForeignKey() {
        store.keyId().filter(id -> !id.equals(sealing.keyId())).ifPresent(id -> {
            throw new StartFailure("the secrets in the database are sealed with root key " + id
                    + ", but this server has root key " + sealing.keyId()
                    + ": bring that one back as root.key in the data folder or as DROVER_ROOT_KEY; if it is lost,"
                    + " so are they, and 'delete from root_key' in the database lets new ones be made");
        });
    }

    public Sealed seal(String plain, String context) {
        String keyId = store.claim(sealing.keyId(), clock.instant());
        if (!keyId.equals(sealing.keyId())) {
            throw new Refused(new Problem.Unavailable(otherKey(keyId), null));
        }
        return new Sealed(sealing.seal(plain.getBytes(StandardCharsets.UTF_8), context), sealing.keyId());
    }

    /** Whether it was sealed with the root key of this server. */
    boolean opens(Sealed sealed) {
        return sealed.keyId().equals(sealing.keyId());
    }

    /**
     * What was sealed.
     *
     * @throws IllegalStateException when it cannot be opened here; the message says which key it takes
     */
    public String open(Sealed sealed, String context) {
        if (!opens(sealed)) {
            throw new IllegalStateException(otherKey(sealed.keyId()));
        }
        return new String(sealing.open(sealed.bytes(), context), StandardCharsets.UTF_8);
    }

    private String otherKey(String keyId) {
        return "the secrets are sealed with root key " + keyId + "; this server has root key " + sealing.keyId();
    }
}
