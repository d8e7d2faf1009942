/** Pages that belong to no dialect: health, metrics, and the description of the API. */
@NullMarked
package dev.drover.api.page;

import org.jspecify.annotations.NullMarked;
