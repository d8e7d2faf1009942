package dev.drover;

import dev.drover.core.access.Access;
import dev.drover.core.access.AccessStore;
import dev.drover.core.access.FirstStart;
import dev.drover.core.access.Login;
import dev.drover.core.access.Passwords;
import dev.drover.core.access.Tokens;
import dev.drover.core.access.User;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import dev.drover.provider.secret.Argon2Passwords;
import dev.drover.provider.secret.SignedTokens;
import dev.drover.provider.secret.SigningKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Who may come in, with somebody to obey from the first start on.
 *
 * @param newPassword of {@code admin}, when it was made up just now
 */
record Entrance(Access access, Login login, User admin, Optional<String> newPassword) {
    static Entrance open(Settings settings, Ground ground, Audit audit, Ids ids, Clock clock) {
        Settings.Secret signing = settings.signingKey();
        Path data = ground.folder().path();
        AccessStore store = new AccessStore(ground.database().jdbi(), ground.alone());
        Passwords passwords = new Argon2Passwords();
        Tokens tokens = new SignedTokens(SigningKey.choose(signing == null ? null : signing.text(), data), clock);
        Access access = new Access(store, tokens, audit, settings.plan().rate(), ids, clock);
        FirstStart firstStart = new FirstStart(store, access, passwords, ids, clock);
        Settings.Secret given = settings.adminPassword();
        Optional<String> newPassword = firstStart.admin(given == null ? null : given.text());
        OperatorKey.keep(data, firstStart);
        return new Entrance(access, new Login(store, passwords, tokens, audit, clock), firstStart.admin(), newPassword);
    }
}
