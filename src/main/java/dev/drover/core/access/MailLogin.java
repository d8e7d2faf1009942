package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.Switch;
import java.time.Duration;
import java.util.Optional;

/** Logs people in by a code that is mailed to them (Trinity contract, section 3.3). */
public final class MailLogin {
    private final ServerSettings settings;
    private final LoginEmails emails;
    private final LoginCodes codes;
    private final Mailer mailer;
    private final Members members;
    private final Login login;

    public MailLogin(
            ServerSettings settings,
            LoginEmails emails,
            LoginCodes codes,
            Mailer mailer,
            Members members,
            Login login) {
        this.settings = settings;
        this.emails = emails;
        this.codes = codes;
        this.mailer = mailer;
        this.members = members;
        this.login = login;
    }

    public boolean isOn() {
        return settings.isOn(Switch.EMAIL_AUTH_ENABLED);
    }

    /** Mails a code; how long it is good, and empty for an address that is not on the list. */
    public Optional<Duration> request(String email) {
        refuseUnlessOn();
        String address = LoginEmails.normal(email);
        if (!emails.has(address)) {
            return Optional.empty();
        }
        mailer.sendCode(address, codes.make(address), LoginCodes.LASTS);
        return Optional.of(LoginCodes.LASTS);
    }

    /** Who has the code, with a signed token; somebody new is a user from now on. */
    public Entered verify(String email, String code) {
        User user = prove(email, code);
        return new Entered(login.enter(user, "email"), user);
    }

    User prove(String email, String code) {
        refuseUnlessOn();
        String address = LoginEmails.normal(email);
        if (!emails.has(address) || !codes.redeem(address, code.strip())) {
            throw new Refused(new Problem.Unauthenticated("the code is wrong or expired"));
        }
        return members.of(address);
    }

    private void refuseUnlessOn() {
        if (!isOn()) {
            throw new Refused(new Problem.Forbidden("Email login is turned off"));
        }
    }

    /** Somebody who came in. */
    public record Entered(String token, User user) {}
}
