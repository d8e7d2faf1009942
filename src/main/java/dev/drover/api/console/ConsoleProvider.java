package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Content;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.IdentityProvider.Departure;
import dev.drover.core.access.IdentityProvider.Journey;
import dev.drover.core.access.ProviderLogin;
import dev.drover.core.access.Sessions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Login through a provider of identities: the browser goes there, and comes back with a proof. */
public final class ConsoleProvider {
    private static final String HOME = "/console";

    /** Pages of our own and nothing else: no host, and nothing that a browser would read as one. */
    private static final Pattern PAGE = Pattern.compile("/console(?:[/?][A-Za-z0-9._~/?=&%+:@,-]*)?");

    private static final String CALLBACK = "/api/v1/session/oidc/callback";
    private static final Duration LASTS = Duration.ofMinutes(10);

    /** Lax, since the browser comes back from another site; it is good for one answer, and for minutes. */
    private static final ConsoleDoor.Cookie COOKIE =
            new ConsoleDoor.Cookie("drover_oidc", "/api/v1/session/oidc", "Lax");

    private final @Nullable ProviderLogin login;
    private final ConsoleDoor door;

    /** @param login null where no provider is set */
    public ConsoleProvider(@Nullable ProviderLogin login, @Nullable URI publicUrl) {
        this.login = login;
        this.door = new ConsoleDoor(publicUrl);
    }

    public Operation depart() {
        return Operation.of("Log in at a browser through the provider of identities", this::depart)
                .query("then", String.class, "the page of the console to come back to, such as /console/agents")
                .answersType(302, "")
                .refuses(501, 503);
    }

    private Answer depart(Call call) {
        return told(call, () -> {
            Departure departure = login().depart(callback(call));
            String value = written(departure.journey(), page(call.query("then")));
            return to(302, departure.to().toString()).with("Set-Cookie", door.setCookie(call, COOKIE, value, LASTS));
        });
    }

    public Operation arrive() {
        return Operation.of("Come back from the provider of identities", this::arrive)
                .query("code", String.class, "as the provider sends it")
                .query("state", String.class, "as the provider sends it")
                .answersType(303, "")
                .refuses(401, 403, 501, 503);
    }

    private Answer arrive(Call call) {
        return told(call, () -> {
            ProviderLogin provider = login();
            String[] kept = door.cookie(call, COOKIE.name()).orElse("").split("\\.", -1);
            if (kept.length != 4) {
                throw new Refused(new Problem.Unauthenticated(
                        "this login was begun elsewhere or too long ago; begin" + " again"));
            }
            Sessions.Opened opened = provider.arrive(
                    new Journey(kept[0], kept[1], kept[2]), answer(call), callback(call), door.visitor(call));
            return to(303, page(unwrapped(kept[3]))).with("Set-Cookie", ConsoleSessions.cookie(door, call, opened));
        });
    }

    private ProviderLogin login() {
        if (login == null) {
            throw new Refused(new Problem.NotOffered("No provider of identities is set; set DROVER_OIDC_ISSUER"));
        }
        return login;
    }

    /** People at a browser are told on the login page what went wrong, and others in the usual envelope. */
    private static Answer told(Call call, Supplier<Answer> way) {
        try {
            return way.get();
        } catch (Refused e) {
            String accept = call.header("Accept");
            if (accept == null || !accept.contains("text/html")) {
                throw e;
            }
            return to(303, HOME + "/login?problem=" + word(e.problem()));
        }
    }

    private static String word(Problem problem) {
        return switch (problem) {
            case Problem.Unavailable away -> "provider_away";
            case Problem.NotOffered none -> "provider_unset";
            case Problem.Forbidden no -> "setup_required";
            default -> "provider_refused";
        };
    }

    private URI callback(Call call) {
        return door.origin(call).resolve(CALLBACK);
    }

    private static Map<String, String> answer(Call call) {
        return call.queries("");
    }

    private static Answer to(int status, String place) {
        return new Answer(status, Map.of("Location", place, "Cache-Control", "no-store"), new Content.None());
    }

    private static String page(@Nullable String wish) {
        return wish != null && PAGE.matcher(wish).matches() ? wish : HOME;
    }

    private static String written(Journey journey, String page) {
        String wrapped = Base64.getUrlEncoder().withoutPadding().encodeToString(page.getBytes(StandardCharsets.UTF_8));
        return String.join(".", journey.state(), journey.nonce(), journey.verifier(), wrapped);
    }

    private static @Nullable String unwrapped(String page) {
        try {
            return new String(Base64.getUrlDecoder().decode(page), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
