/** Providers of identities that speak OpenID Connect: one of them says who comes in, by a signed token. */
@NullMarked
package dev.drover.provider.oidc;

import org.jspecify.annotations.NullMarked;
