/** The SLAW dialect: agents as employees; so far only its refusals. */
@NullMarked
package dev.drover.api.slaw;

import org.jspecify.annotations.NullMarked;
