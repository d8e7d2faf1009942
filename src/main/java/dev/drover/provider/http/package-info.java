/** The web client of everything that leaves this server by HTTP and passed the egress guard. */
@NullMarked
package dev.drover.provider.http;

import org.jspecify.annotations.NullMarked;
