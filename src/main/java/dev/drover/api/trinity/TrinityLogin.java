package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Form;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Login;
import dev.drover.core.access.Setup;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Login by password (contract, section 3.2): a form in, a signed token out. */
public final class TrinityLogin {
    private static final long FORM_LIMIT = 64 * 1024;

    private final Login login;
    private final Setup setup;

    public TrinityLogin(Login login, Setup setup) {
        this.login = login;
        this.setup = setup;
    }

    public Operation token() {
        return Operation.of("Log in; the body is a form, urlencoded or multipart, never JSON", this::token)
                .takes(Credentials.class, "application/x-www-form-urlencoded", FORM_LIMIT)
                .answers(200, Token.class)
                .answers(422, TrinityMisfit.class)
                .refuses(401, 403, 413, 429);
    }

    private Answer token(Call call) {
        setup.refuseUnlessCompleted();
        Form form = call.form();
        String user = form.field("username");
        String password = form.field("password");
        if (user == null || password == null) {
            return TrinityMisfit.answer(Stream.of("username", "password")
                    .filter(field -> form.field(field) == null)
                    .map(TrinityMisfit.Item::missing)
                    .toList());
        }
        String grant = form.field("grant_type");
        return grant == null || grant.isEmpty() || grant.equals("password")
                ? login(user, password, call.address())
                : wrongGrant(grant);
    }

    private Answer login(String user, String password, String address) {
        try {
            return Answer.ok(new Token(login.login(user, password, address), "bearer"))
                    .with("Cache-Control", "no-store");
        } catch (Refused e) {
            // Only here does "unauthenticated" mean a wrong password, not a bad token.
            if (e.problem() instanceof Problem.Unauthenticated) {
                return TrinityDialect.unauthenticated("Incorrect username or password");
            }
            throw e;
        }
    }

    private static Answer wrongGrant(String grant) {
        return TrinityMisfit.answer(new TrinityMisfit.Item(
                "string_pattern_mismatch",
                List.of("body", "grant_type"),
                "String should match pattern '^password$'",
                grant,
                Map.of("pattern", "^password$")));
    }

    /** What the form holds; the last three are taken and ignored. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Credentials(
            String username,
            String password,
            @Nullable String grantType,
            @Nullable String scope,
            @Nullable String clientId,
            @Nullable String clientSecret) {}

    record Token(String accessToken, String tokenType) {}
}
