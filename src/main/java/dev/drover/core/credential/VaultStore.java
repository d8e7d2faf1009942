package dev.drover.core.credential;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table {@code root_key}: which one this database is sealed with. */
public final class VaultStore {
    private final Jdbi jdbi;

    public VaultStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<String> keyId() {
        return jdbi.withHandle(handle -> handle.createQuery("select id from root_key")
                .mapTo(String.class)
                .findOne());
    }

    /** The key that counts: the one given, unless another came first. */
    String claim(String keyId, Instant now) {
        Optional<String> known = keyId();
        if (known.isPresent()) {
            return known.get();
        }
        jdbi.useHandle(handle ->
                handle.execute("insert into root_key (id, since) values (?, ?) on conflict do nothing", keyId, now));
        return keyId().orElse(keyId);
    }
}
