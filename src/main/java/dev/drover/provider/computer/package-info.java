/** Where agents' computers come from: one folder a kind. */
@NullMarked
package dev.drover.provider.computer;

import org.jspecify.annotations.NullMarked;
