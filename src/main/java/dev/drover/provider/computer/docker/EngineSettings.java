package dev.drover.provider.computer.docker;

import dev.drover.core.computer.ComputerSpec;
import java.nio.file.Path;

/**
 * Where the engine is, and what it is asked for.
 *
 * @param socket it listens on
 * @param image of computers that name none of their own
 * @param seen the folder of all computers, by the name under which the engine finds it
 * @param warm how many containers stand ready for agents to come
 * @param usual the limits of those
 */
public record EngineSettings(Path socket, String image, Path seen, int warm, ComputerSpec.Limits usual) {}
