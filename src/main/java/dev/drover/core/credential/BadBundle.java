package dev.drover.core.credential;

/** A bundle of credentials that cannot be used; the message is a sentence, without any of the values. */
public final class BadBundle extends Exception {
    private static final long serialVersionUID = 1L;

    public BadBundle(String message) {
        super(message);
    }

    public BadBundle(String message, Throwable cause) {
        super(message, cause);
    }
}
