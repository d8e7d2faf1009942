package dev.drover;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import dev.drover.core.credential.ServerKeys;
import dev.drover.provider.secret.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tokens are signed with: those of users with {@code SECRET_KEY} or a key in the database, those of runs always
 * with one in the database, so that no other secret that is lost or changed touches them.
 */
record TokenKeys(SigningKey users, SigningKey runs) {
    private static final String USERS = "key of login tokens";
    private static final String RUNS = "key of run tokens";

    static TokenKeys open(Settings settings, Path data, ServerKeys keys) {
        Settings.Secret given = settings.signingKey();
        SigningKey users =
                given == null ? kept(keys, USERS, data.resolve("token.key")) : SigningKey.given(given.text());
        SigningKey runs = kept(keys, RUNS, data.resolve("run-token.key"));
        keys.agree(USERS, users.print(), "give all of them the same SECRET_KEY, or none");
        String instance = settings.slaw().instance();
        keys.agree(RUNS, runs.print() + " of " + instance, "give all of them the same SLAW_INSTANCE_ID");
        return new TokenKeys(users, runs);
    }

    /** Servers of earlier releases kept it in their folder; who is logged in there stays so. */
    private static SigningKey kept(ServerKeys keys, String name, Path earlier) {
        SigningKey key =
                SigningKey.of(keys.kept(name, () -> Files.exists(earlier) ? read(earlier) : SecretFile.random()));
        try {
            Files.deleteIfExists(earlier);
        } catch (IOException e) {
            throw new StartFailure("cannot delete %s, which is in the database now: %s".formatted(earlier, e), e);
        }
        return key;
    }

    private static String read(Path file) {
        String hex = SecretFile.keep(file, SecretFile::random);
        if (!SigningKey.isOne(hex)) {
            throw new StartFailure(file + " does not hold 64 hex digits: delete it, and a new key is made");
        }
        return hex;
    }
}
