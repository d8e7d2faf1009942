/** JSON for a core that reads none: schemas checked, results trimmed. */
@NullMarked
package dev.drover.provider.json;

import org.jspecify.annotations.NullMarked;
