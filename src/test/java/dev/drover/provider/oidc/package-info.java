/** Tests of the providers of identities. */
@NullMarked
package dev.drover.provider.oidc;

import org.jspecify.annotations.NullMarked;
