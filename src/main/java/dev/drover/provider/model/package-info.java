/** The language models we reach, and the settings that choose one. */
@NullMarked
package dev.drover.provider.model;

import org.jspecify.annotations.NullMarked;
