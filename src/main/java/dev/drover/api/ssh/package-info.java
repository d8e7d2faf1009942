/** The entrance for SSH clients: terminals, commands and files of agents' computers, while there is a way in. */
@NullMarked
package dev.drover.api.ssh;

import org.jspecify.annotations.NullMarked;
