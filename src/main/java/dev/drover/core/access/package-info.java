/** Who is calling and what they may do: users, credentials, scopes, login. */
@NullMarked
package dev.drover.core.access;

import org.jspecify.annotations.NullMarked;
