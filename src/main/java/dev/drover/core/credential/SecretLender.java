package dev.drover.core.credential;

import dev.drover.core.id.UserId;
import java.util.Collection;

/** What runs need of an account's secrets. */
public interface SecretLender {
    /** Where no secrets are kept. */
    SecretLender NONE = new SecretLender() {
        @Override
        public void refuseUnknown(UserId owner, Collection<String> names) {}

        @Override
        public LentSecrets lend(UserId owner, Collection<String> names) {
            return LentSecrets.NONE;
        }
    };

    /** Refuses a spawn that names secrets which there are not. */
    void refuseUnknown(UserId owner, Collection<String> names);

    /** The values that a run gets, as they are now; a secret that is gone by now is not among them. */
    LentSecrets lend(UserId owner, Collection<String> names);
}
