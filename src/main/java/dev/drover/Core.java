package dev.drover;

import dev.drover.core.run.RunRoom;
import dev.drover.core.run.Runs;

/** What a dialect is set up over. */
record Core(Settings settings, Ground ground, Book book, Entrance entrance, RunRoom room, Runs runs, Closing closing) {}
