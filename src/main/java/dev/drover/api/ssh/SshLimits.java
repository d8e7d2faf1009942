package dev.drover.api.ssh;

import java.time.Duration;

/**
 * What one client may take up.
 *
 * @param tries how often a client may try to come in on one connection
 * @param login how long coming in may take
 * @param idle how long a connection may be silent
 * @param channels how many things a client may do at once on one connection
 * @param sessions how many connections there may be in all
 */
public record SshLimits(int tries, Duration login, Duration idle, int channels, int sessions) {
    public static final SshLimits USUAL = new SshLimits(5, Duration.ofSeconds(30), Duration.ofMinutes(30), 10, 200);
}
