package dev.drover;

import dev.drover.api.TrinityRoutes;
import dev.drover.api.http.Route;
import dev.drover.api.trinity.TrinityAccount;
import dev.drover.api.trinity.TrinityKeys;
import dev.drover.api.trinity.TrinityLogin;
import dev.drover.api.trinity.TrinityLoginEmails;
import dev.drover.api.trinity.TrinityMailLogin;
import dev.drover.api.trinity.TrinitySettings;
import dev.drover.api.trinity.TrinitySetup;
import dev.drover.api.trinity.TrinityVersion;
import dev.drover.core.access.Access;
import dev.drover.core.access.AccessStore;
import dev.drover.core.access.AccountStore;
import dev.drover.core.access.Accounts;
import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.FirstStart;
import dev.drover.core.access.Login;
import dev.drover.core.access.LoginCodes;
import dev.drover.core.access.LoginEmails;
import dev.drover.core.access.MailLogin;
import dev.drover.core.access.MailLoginStore;
import dev.drover.core.access.Members;
import dev.drover.core.access.PasswordChanges;
import dev.drover.core.access.Passwords;
import dev.drover.core.access.Scope;
import dev.drover.core.access.SessionStore;
import dev.drover.core.access.Sessions;
import dev.drover.core.access.Setup;
import dev.drover.core.access.Tokens;
import dev.drover.core.access.User;
import dev.drover.core.access.WaysIn;
import dev.drover.core.agent.McpKeyStore;
import dev.drover.core.agent.McpKeys;
import dev.drover.core.audit.Audit;
import dev.drover.core.credential.ServerKeys;
import dev.drover.core.id.Ids;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.SettingStore;
import dev.drover.provider.secret.Argon2Passwords;
import dev.drover.provider.secret.SignedTokens;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who may come in, with somebody to obey from the first start on.
 *
 * @param newPassword of the administrator, when it was made up just now
 */
record Entrance(
        Access access,
        Login login,
        MailLogin mail,
        LoginEmails emails,
        Members members,
        Setup setup,
        McpKeys mcpKeys,
        ServerSettings settings,
        User admin,
        People people,
        Optional<String> newPassword) {
    static Entrance open(Settings settings, Ground ground, ServerKeys serverKeys, Book book) {
        Audit audit = book.audit();
        Ids ids = book.ids();
        Clock clock = book.clock();
        Path data = ground.folder().path();
        var jdbi = ground.database().jdbi();
        AccessStore store = new AccessStore(jdbi, ground.alone());
        Passwords passwords = new Argon2Passwords();
        TokenKeys keys = TokenKeys.open(settings, data, serverKeys);
        Tokens tokens =
                new SignedTokens(keys.users(), keys.runs(), settings.slaw().instance(), clock);
        Access access = new Access(store, tokens, audit, settings.plan().rate(), ids, clock);
        AdminChoice admin = settings.admin();
        FirstStart firstStart = new FirstStart(store, access, passwords, ids, clock, admin.user());
        Optional<String> newPassword = admin.open(firstStart);
        User first = firstStart.adminWithoutPassword();
        Setup setup = new Setup(store, passwords, audit, first, () -> SetupToken.keep(data));
        SetupToken.tell(data, setup);
        OperatorKey.keep(data, firstStart);
        AccountStore accounts = new AccountStore(jdbi, store);
        Login login = new Login(store, accounts, passwords, tokens, audit, clock);
        ServerSettings switches = new ServerSettings(new SettingStore(jdbi), audit, clock);
        MailLoginStore mails = new MailLoginStore(jdbi);
        LoginEmails emails = new LoginEmails(mails, switches, audit, clock);
        Members members = new Members(store, accounts, ids, clock);
        LoginCodes codes = new LoginCodes(mails, passwords, clock);
        MailLogin mail = new MailLogin(switches, emails, codes, settings.mail().mailer(clock), members, login);
        McpKeys mcpKeys = new McpKeys(new McpKeyStore(jdbi), access);
        WaysIn ways = new WaysIn(setup, login, mail);
        PasswordChanges changes = new PasswordChanges(store, login, passwords, audit);
        People people = new People(
                ways,
                new Sessions(new SessionStore(jdbi), ways, audit, ids, clock),
                new Accounts(accounts, changes, emails, audit, ids, clock),
                changes);
        return new Entrance(access, login, mail, emails, members, setup, mcpKeys, switches, first, people, newPassword);
    }

    /** Who comes from this machine without a credential, where that is trusted. */
    Caller operator() {
        return new Caller(admin, CredentialKind.OPERATOR_KEY, null, null, EnumSet.allOf(Scope.class));
    }

    /** @param runtimes the names of the model runners that agents may have */
    List<Route> routes(Supplier<List<String>> runtimes) {
        return Stream.of(
                        TrinityRoutes.entrance(
                                new TrinityLogin(login, setup),
                                new TrinityMailLogin(mail, setup),
                                new TrinitySetup(setup),
                                new TrinityAccount(access, members),
                                new TrinityVersion(runtimes)),
                        TrinityRoutes.keys(new TrinityKeys(mcpKeys)),
                        TrinityRoutes.serverSettings(new TrinitySettings(settings), new TrinityLoginEmails(emails)))
                .flatMap(List::stream)
                .toList();
    }
}
