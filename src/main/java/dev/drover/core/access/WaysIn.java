package dev.drover.core.access;

/** How people get in by what they know or are mailed, once the server is set up. */
public record WaysIn(Setup setup, Login login, MailLogin mail) {
    User byPassword(String name, String password, Visitor from) {
        setup.refuseUnlessCompleted();
        return login.prove(name, password, from.address());
    }

    User byCode(String email, String code) {
        setup.refuseUnlessCompleted();
        return mail.prove(email, code);
    }

    /** Writes down that somebody came in; refuses those whom an administrator keeps out. */
    void welcome(User user, String mode) {
        setup.refuseUnlessCompleted();
        login.welcome(user, mode);
    }
}
