package dev.drover.provider.egress;

import java.time.Duration;

/**
 * How long a proxied connection may take.
 *
 * @param head for the whole head of a request, however slowly it drips
 * @param connect for each address tried
 * @param idle without a byte in either direction
 * @param farewell for a client to take a refusal and hang up
 */
record Patience(Duration head, Duration connect, Duration idle, Duration farewell) {
    static final Patience USUAL =
            new Patience(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(2));
}
