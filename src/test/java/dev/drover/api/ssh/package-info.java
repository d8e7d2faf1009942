/** SSH clients of the kind that everybody has, against the entrance for them. */
@NullMarked
package dev.drover.api.ssh;

import org.jspecify.annotations.NullMarked;
