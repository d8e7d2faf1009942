/** Tests of the secrets' room. */
@NullMarked
package dev.drover.core.credential;

import org.jspecify.annotations.NullMarked;
