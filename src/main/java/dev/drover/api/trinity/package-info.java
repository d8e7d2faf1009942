/** The Trinity dialect: named computers that are kept; so far the login, and refusals. */
@NullMarked
package dev.drover.api.trinity;

import org.jspecify.annotations.NullMarked;
