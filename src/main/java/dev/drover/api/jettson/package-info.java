/** The Jettson dialect: spawn a task, watch it, stop it (paths under /api/v1). */
@NullMarked
package dev.drover.api.jettson;

import org.jspecify.annotations.NullMarked;
