package dev.drover.core.credential;

/** A secret was not filled in; the message names the secret and why, in words fit for the model that asked. */
public final class SecretWithheld extends Exception {
    private static final long serialVersionUID = 1L;

    SecretWithheld(String message) {
        super(message);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
