/** An agent: identity, owner, name and slug, dialect of birth, model profile. */
@NullMarked
package dev.drover.core.agent;

import org.jspecify.annotations.NullMarked;
