package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.MailLogin;
import dev.drover.core.access.Setup;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Login by a code that comes by mail (contract, section 3.3). */
public final class TrinityMailLogin {
    private static final String FRIENDLY = "If this address may log in, a code is on its way to it";

    private final MailLogin login;
    private final Setup setup;

    public TrinityMailLogin(MailLogin login, Setup setup) {
        this.login = login;
        this.setup = setup;
    }

    public Operation mode() {
        return Operation.of("Tell how people log in", call -> Answer.ok(new Mode(login.isOn(), setup.isCompleted())))
                .answers(200, Mode.class);
    }

    public Operation request() {
        return Operation.of("Have a login code mailed", this::request)
                .takes(Request.class)
                .answers(200, Requested.class)
                .answers(422, TrinityMisfit.class)
                .refuses(403, 429, 503);
    }

    private Answer request(Call call) {
        setup.refuseUnlessCompleted();
        Request request = TrinityBody.read(call, body -> new Request(body.text("email")));
        Optional<Duration> lasts = login.request(request.email);
        return Answer.ok(
                new Requested(true, FRIENDLY, lasts.map(Duration::toSeconds).orElse(null)));
    }

    public Operation verify() {
        return Operation.of("Log in by a code that came by mail", this::verify)
                .takes(Proof.class)
                .answers(200, Entered.class)
                .answers(422, TrinityMisfit.class)
                .refuses(401, 403);
    }

    private Answer verify(Call call) {
        setup.refuseUnlessCompleted();
        Proof proof = TrinityBody.read(call, body -> new Proof(body.text("email"), body.text("code")));
        try {
            MailLogin.Entered entered = login.verify(proof.email, proof.code);
            return Answer.ok(new Entered(entered.token(), "bearer", TrinityUser.of(entered.user())))
                    .with("Cache-Control", "no-store");
        } catch (Refused e) {
            if (e.problem() instanceof Problem.Unauthenticated) {
                return TrinityDialect.unauthenticated("Invalid or expired verification code");
            }
            throw e;
        }
    }

    record Mode(boolean emailAuthEnabled, boolean setupCompleted) {}

    record Request(String email) {}

    record Requested(
            boolean success,
            String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expiresInSeconds) {}

    record Proof(String email, String code) {}

    record Entered(String accessToken, String tokenType, TrinityUser user) {}
}
