package dev.drover.core.access;

import java.time.Duration;

/** Brings login codes to people by mail. */
@FunctionalInterface
public interface Mailer {
    /**
     * Returns when the mail is on its way.
     *
     * @throws dev.drover.core.Refused as unavailable when it could not be sent
     */
    void sendCode(String address, String code, Duration lasts);
}
