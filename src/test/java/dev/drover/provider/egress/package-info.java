/** The egress proxy through real sockets. */
@NullMarked
package dev.drover.provider.egress;

import org.jspecify.annotations.NullMarked;
