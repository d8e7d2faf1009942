/** What administrators set for the whole server while it runs. */
@NullMarked
package dev.drover.core.setting;

import org.jspecify.annotations.NullMarked;
