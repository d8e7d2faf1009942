package dev.drover.core.access;

import java.util.Optional;

/** Signs tokens and checks them. */
public interface Tokens {
    String sign(Claims claims);

    /** Empty unless this server signed the token and it has not expired. */
    Optional<Claims> read(String token);
}
