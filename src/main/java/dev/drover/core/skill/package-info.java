/** What agents can be taught: folders of a library, named to agents and copied into their workspaces. */
@NullMarked
package dev.drover.core.skill;

import org.jspecify.annotations.NullMarked;
