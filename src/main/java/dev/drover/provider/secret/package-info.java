/** Secrets: passwords hashed with Argon2id, tokens signed as JWT. */
@NullMarked
package dev.drover.provider.secret;

import org.jspecify.annotations.NullMarked;
