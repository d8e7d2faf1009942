package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.console.ConsoleAccounts;
import dev.drover.api.console.ConsoleProvider;
import dev.drover.api.console.ConsoleSessions;
import dev.drover.api.http.Route;
import dev.drover.core.access.Accounts;
import dev.drover.core.access.IdentityProvider;
import dev.drover.core.access.PasswordChanges;
import dev.drover.core.access.ProviderLogin;
import dev.drover.core.access.Sessions;
import dev.drover.core.access.WaysIn;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How people come in at a browser, and how administrators keep them. */
record People(WaysIn ways, Sessions sessions, Accounts accounts, PasswordChanges passwords) {
    List<Route> routes(Core core) {
        URI publicUrl = core.settings().publicUrl();
        ProviderLogin provider = provider(core);
        return ConsoleRoutes.access(
                new ConsoleSessions(sessions, ways, provider == null ? null : provider.name(), publicUrl),
                new ConsoleProvider(provider, publicUrl),
                new ConsoleAccounts(accounts, passwords));
    }

    private @Nullable ProviderLogin provider(Core core) {
        OidcChoice choice = core.settings().oidc();
        IdentityProvider provider = choice.provider(core.guard(), core.book().clock());
        return provider == null
                ? null
                : new ProviderLogin(
                        provider,
                        choice.admins(),
                        core.entrance().members(),
                        sessions,
                        core.book().audit());
    }
}
