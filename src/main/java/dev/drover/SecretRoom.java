package dev.drover;

import dev.drover.core.audit.Audit;
import dev.drover.core.credential.SecretStore;
import dev.drover.core.credential.Secrets;
import dev.drover.core.credential.ServerKeyStore;
import dev.drover.core.credential.ServerKeys;
import dev.drover.core.credential.Vault;
import dev.drover.core.credential.VaultStore;
import dev.drover.provider.secret.AesSealing;
import dev.drover.provider.secret.RootKey;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** What is sealed under the root key. */
record SecretRoom(Vault vault, Secrets secrets, ServerKeys keys) {
    /** @param othersLive whether another server works on the database */
    static SecretRoom open(Settings settings, Ground ground, BooleanSupplier othersLive, Audit audit, Clock clock) {
        Settings.Secret given = settings.rootKey();
        RootKey root = RootKey.choose(
                given == null ? null : given.text(), ground.folder().path());
        var jdbi = ground.database().jdbi();
        Vault vault = new Vault(new AesSealing(root), new VaultStore(jdbi), clock);
        vault.refuseForeignKey();
        return new SecretRoom(
                vault,
                new Secrets(new SecretStore(jdbi), vault, ground.database(), audit, clock),
                new ServerKeys(vault, new ServerKeyStore(jdbi), othersLive, clock));
    }
}
