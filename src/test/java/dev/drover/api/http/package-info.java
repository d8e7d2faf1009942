/** Tests of the shared HTTP layer, over a real server and hand-made routes. */
@NullMarked
package dev.drover.api.http;

import org.jspecify.annotations.NullMarked;
