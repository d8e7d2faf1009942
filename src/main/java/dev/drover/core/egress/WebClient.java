package dev.drover.core.egress;

import java.io.IOException;

/** SPI: sends one request to the checked addresses of a destination and nowhere else. */
@FunctionalInterface
public interface WebClient {
    /**
     * Follows no redirects and tries once. There is no limit of time: an interrupted virtual thread closes its
     * connection.
     */
    WebAnswer send(WebRequest request, Destination destination) throws IOException;
}
